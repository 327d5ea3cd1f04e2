// A button in three weights: primary (one a screen at most), plain, quiet. What it does is always its word.

import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button';
import styles from './button.module.css';

type Props = Omit<ButtonProps, 'className' | 'style' | 'children'> & {
  weight?: 'primary' | 'plain' | 'quiet';
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
};

export function Button({ weight = 'plain', children, ...props }: Props) {
  return (
    <AriaButton {...props} className={`${styles.button} ${styles[weight]}`}>
      {children}
    </AriaButton>
  );
}
