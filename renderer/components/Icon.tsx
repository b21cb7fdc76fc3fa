/** Line drawings on a 16 px grid, our own, so that no icon package is needed. */
const paths = {
  stock: 'M2 5.5 8 2.5l6 3v6l-6 3-6-3zM2 5.5l6 3 6-3M8 8.5v6',
  places: 'M2 13.500V6.500L8 3l6 3.500v7M5 13.500V9h6v4.500M2 13.500h12',
  movements: 'M2 5h10M9 2l3 3-3 3M14 11H4M7 8l-3 3 3 3',
  checks: 'M8 1.8 13.5 4v4c0 3-2.3 5.2-5.5 6.2C4.800 13.200 2.500 11 2.500 8V4zM5.500 8l1.800 1.800L10.700 6.400',
  rules: 'M8 2v12M5 14h6M2.500 4.500 8 3.500l5.500 1M2.500 4.500 1 9.500h3zM13.500 4.500 12 9.500h3z',
  life: 'M2.500 3.500h11v10h-11zM2.500 6.500h11M5.500 1.800v3M10.500 1.800v3M5.500 10l1.800 1.800L10.700 8.500',
  climate: 'M6 9.300V3.300a1.800 1.800 0 0 1 3.600 0v6a3 3 0 1 1-3.600 0zM7.800 6v5.500M12 4h2M12 6.500h2',
  surplus: 'M2.500 14V8M6.200 14V3M9.900 14V6M13.500 14v-4',
  sync: 'M8 1.500v7M5 5.500l3 3 3-3M2.500 10v3.500h11V10',
  import: 'M3 2.500h7l3 3v8H3zM8 6v5M5.800 9 8 11.200 10.200 9',
  lock: 'M4 7.500h8v6H4zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500',
  back: 'M10 3 5 8l5 5',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.700 10.700 14 14',
  close: 'M4 4l8 8M12 4l-8 8',
  add: 'M8 3v10M3 8h10',
  reverse: 'M3 6h7a3.500 3.500 0 0 1 0 7H6M6 3 3 6l3 3',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  light:
    'M8 10.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600zM8 1.500v1.700M8 12.800v1.700M1.500 8h1.700M12.800 8h1.700M3.400 3.400l1.200 1.200M11.400 11.400l1.200 1.200M12.600 3.400l-1.200 1.200M4.600 11.400l-1.200 1.200',
  dark: 'M13.500 9.700A5.800 5.800 0 0 1 6.300 2.500a5.800 5.800 0 1 0 7.200 7.200z',
  file: 'M4 1.800h5l3 3v9.400H4zM9 1.800v3h3',
  key: 'M5.500 13a3 3 0 1 1 2.300-4.900L13.500 2.500M11 5l2 2M8.500 10a3 3 0 0 1-3 3',
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.500 14c.6-3 2.700-4.500 5.500-4.500s4.900 1.500 5.500 4.500',
} as const;

export type IconName = keyof typeof paths;

/** Always beside a word or inside a control with a name, hence hidden from readers. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.400"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
