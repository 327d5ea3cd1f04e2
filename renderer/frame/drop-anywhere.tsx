// Files dropped anywhere in the window go to import: nobody has to find the right place first.

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { importDropped } from '../sources/import-files.ts';
import styles from './drop-anywhere.module.css';

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

export function DropAnywhere({ children }: { children: ReactNode }) {
  const [over, setOver] = useState(false);
  // dragenter and dragleave come for each element on the way; the count says whether the window is left.
  const depth = useRef(0);
  useEffect(() => {
    const settle = (now: number) => {
      depth.current = Math.max(0, now);
      setOver(depth.current > 0);
    };
    const onEnter = (event: DragEvent) => {
      if (hasFiles(event)) settle(depth.current + 1);
    };
    const onLeave = (event: DragEvent) => {
      if (hasFiles(event)) settle(depth.current - 1);
    };
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      settle(0);
      void importDropped([...event.dataTransfer.files]);
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return (
    <>
      {children}
      {over ? <div className={styles.over}>Drop to import</div> : null}
    </>
  );
}
