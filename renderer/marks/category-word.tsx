// A category as people call it, behind the colour of its family.

import type { Category } from '#core/model.ts';
import { categoryFamily, categoryLabel } from '../words/categories.ts';
import styles from './category-word.module.css';

export function CategoryWord({ category }: { category: Category }) {
  return (
    <>
      <span className={styles.dot} data-family={categoryFamily(category)} />
      {categoryLabel(category)}
    </>
  );
}
