import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Shape } from '../../../shared/domain/site.ts';
import { planeAt } from '../../../shared/rules/geometry/plane.ts';
import { fitted, HEIGHT, type Label, type Mark, nearestLink, placeLabels, spotOf, WIDTH } from './drawing.ts';

const point = (lat7: number, lon7: number): Shape => ({ kind: 'point', points: [[lat7, lon7]] });
const mark = (id: string, role: Mark['role'], shape: Shape): Mark => ({ id, name: id, shape, role, actualM: null });
const label = (id: string, x: number, y: number, isNeeded = false): Label => ({ id, text: id, spot: [x, y], isNeeded });

test('the place and what governs lie in the drawing, however far or near', () => {
  const near = fc.integer({ min: -400_000, max: 400_000 });
  fc.assert(
    fc.property(near, near, (lat7, lon7) => {
      const plane = planeAt([0, 0]);
      const { draw } = fitted([mark('S1', 'chosen', point(0, 0)), mark('H1', 'governing', point(lat7, lon7))], plane);
      for (const [x, y] of [draw([0, 0]), draw([lat7, lon7])]) {
        expect(x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT).toBe(true);
      }
    }),
  );
});

test('a long road does not make the place small: its nearest point is what counts', () => {
  const road: Shape = {
    kind: 'line',
    points: [
      [-27_000, -4_000_000],
      [-27_000, 4_000_000],
    ],
  };
  const plane = planeAt([0, 0]);
  const { metresPerUnit } = fitted([mark('S1', 'chosen', point(0, 0)), mark('R1', 'governing', road)], plane);
  expect(metresPerUnit).toBeLessThan(2);
  expect(Math.round(nearestLink(point(0, 0), road, plane).metres)).toBe(299);
});

test('a building is marked in its middle', () => {
  const plane = planeAt([0, 0]);
  const box: Shape = {
    kind: 'polygon',
    points: [
      [0, 0],
      [0, 2_000],
      [2_000, 2_000],
      [2_000, 0],
    ],
  };
  const fit = fitted([mark('S1', 'chosen', box), mark('H1', 'governing', point(30_000, 0))], plane);
  const [x, y] = spotOf(mark('S1', 'chosen', box), box, fit, plane);
  const [left, low] = fit.draw([0, 0]);
  const [right, high] = fit.draw([2_000, 2_000]);
  expect([x, y]).toEqual([(left + right) / 2, (low + high) / 2]);
});

test('labels keep off each other, the first given first, and one without room is left out', () => {
  const many = Array.from({ length: 60 }, (_, index) => label(`store ${index}`, 200 + (index % 8) * 7, 100 + Math.floor(index / 8) * 7));
  const placed = placeLabels(many, []);
  expect(placed.length).toBeLessThan(many.length);
  expect(placed[0]?.id).toBe('store 0');
  const meet = placed.flatMap((a, i) =>
    placed.slice(i + 1).filter((b) => Math.abs(a.y - b.y) < 11 && a.x < b.x + b.text.length * 5 && b.x < a.x + a.text.length * 5),
  );
  expect(meet).toEqual([]);
});

test('what is needed is written even where there is no room', () => {
  const crowd = Array.from({ length: 40 }, (_, index) => [200 + (index % 7) * 8, 100 + Math.floor(index / 7) * 8] as const);
  expect(placeLabels([label('governing house', 220, 120, true)], crowd)).toHaveLength(1);
});
