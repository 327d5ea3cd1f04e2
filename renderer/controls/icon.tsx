// The few signs of the window, drawn for 16 px with one stroke; always beside a word or in a named button.

const paths = {
  overview: 'M2.5 2.5h4.5v6H2.5zM9.5 2.5h4v3.2h-4zM9.5 8.2h4v5.3h-4zM2.5 11h4.5v2.5H2.5z',
  events: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  changes: 'M2 5.5h9.5M9 2.8l2.7 2.7L9 8.2M14 10.5H4.5M7 7.8l-2.7 2.7L7 13.2',
  access: 'M8 7.4a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.8 14c.4-2.8 2.4-4.3 5.2-4.3s4.8 1.5 5.2 4.3',
  reviews: 'M3.5 3h9v11.5h-9zM6 1.5h4v3H6zM5.8 9.4l1.6 1.6 2.9-3.2',
  sessions: 'M6.5 2.5h6v11h-6M2 8h7M6.5 5.5 9 8l-2.5 2.5',
  about:
    'M5.6 7.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM1.5 13.2c.3-2.4 1.9-3.7 4.1-3.7 1 0 1.9.3 2.6.8M11.2 8.4v5.4M8.5 11.1h5.4',
  evidence: 'M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13M6.2 10.2l1.5 1.5 2.8-3.2',
  audit:
    'M3.5 1.5h5L12 5v3M8.5 1.5V5H12M3.5 1.5v13h4M10.4 13a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM12.1 12.4l2.2 2.2',
  sources: 'M8 1.8v7.4M5 6.4l3 3 3-3M2 10v3.2a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V10',
  completeness: 'M2.5 3.5h11v10h-11zM5.5 1.8v3M10.5 1.8v3M5.2 9l1.9 1.9 3.7-3.9',
  integrity: 'M8 1.5 13.5 3.6v4.2c0 3.2-2.2 5.6-5.5 6.7-3.3-1.1-5.5-3.5-5.5-6.7V3.6zM5.4 7.9l1.9 1.9 3.4-3.7',
  settings: 'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M8.5 3.3h3v3.4h-3zM4.5 9.3h3v3.4h-3z',
  glossary:
    'M13 13.5H4.5A1.5 1.5 0 0 1 3 12V4a1.5 1.5 0 0 1 1.5-1.5H13v11M3 12a1.5 1.5 0 0 1 1.5-1.5H13M6 5.5h4',
  search: 'M7 12.2A5.2 5.2 0 1 0 7 1.8a5.2 5.2 0 0 0 0 10.4zM10.8 10.8l3.7 3.7',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  down: 'M4 6.2l4 4 4-4',
  up: 'M4 9.8l4-4 4 4',
  right: 'M6.2 4l4 4-4 4',
  calendar: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 1.8v3M10.5 1.8v3',
  clock: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 4.5V8l2.4 1.5',
  check: 'M3 8.4l3.2 3.2L13 4.6',
  cross: 'M4 4l8 8M12 4l-8 8',
  dash: 'M4 8h8',
  back: 'M6 3.5 2.8 6.7 6 9.9M2.8 6.7H10a3.2 3.2 0 0 1 0 6.4H7.5',
  plus: 'M4 8h8M8 4v8',
  repeat: 'M13.3 6.3A5.6 5.6 0 0 0 3 5.4M2.7 2.3v3.3H6M2.7 9.7A5.6 5.6 0 0 0 13 10.6M13.3 13.7v-3.3H10',
  warning: 'M8 2 14.6 13.5H1.4zM8 6.3v3.4M8 11.6v.2',
  folder: 'M1.8 3.2h4.4l1.6 1.9h6.4v8.1H1.8z',
  file: 'M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
