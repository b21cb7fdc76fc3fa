import type { ComponentProps } from 'react';

type GridPartProps = Readonly<ComponentProps<'div'> & { role: 'grid' | 'rowgroup' | 'row' | 'columnheader' | 'gridcell' }>;

/**
 * A virtual grid is laid out by CSS grid with rows at absolute positions, which table elements do not allow, so its parts
 * are plain boxes with the roles of the ARIA grid pattern. The grid itself holds the focus and names its active cell.
 */
export function GridPart(props: GridPartProps) {
  return <div {...props} />;
}
