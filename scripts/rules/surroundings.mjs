// Rows of what lies around a depot: marshalling yards, berths, chambers underground.

const metres = (millimetres) => millimetres / 1000;

function cellText({ options }) {
  return options
    .map(({ functionId, factorMilli, fixedM, minimumM, needs }) => {
      const distance = functionId === null ? `${fixedM} m` : `${factorMilli === 1000 ? '' : `${factorMilli / 1000} × `}${functionId}`;
      const least = minimumM === null ? '' : `, at least ${minimumM} m`;
      return `${distance}${least}${needs.length === 0 ? '' : ` if ${needs.map(({ words }) => words).join(' and ')}`}`;
    })
    .join('; ');
}

const craterWords = ({ scaledMm, scaledCoverMaxMm }) =>
  `crater: ${metres(scaledMm)} Q^(1/3)${scaledCoverMaxMm === null ? '' : ` under up to ${metres(scaledCoverMaxMm)} Q^(1/3) of cover`}`;
const assumedWords = ({ decouplingMilli, chamberVolumeM3, hydraulicDiameterMm }) =>
  `unknown: decoupling ${decouplingMilli / 1000}, chamber ${chamberVolumeM3} m³, mouth ${metres(hydraulicDiameterMm)} m wide`;
const intervalWords = ({ rock, loadingDensityBelowKgPerM3, cell, protectedCell }) =>
  `chamber to chamber, ${rock}${loadingDensityBelowKgPerM3 === null ? '' : `, below ${loadingDensityBelowKgPerM3} kg/m³`}: ${cellText(cell)}; with protective construction ${cellText(protectedCell)}`;

/** The sections of one book; a part without rows is left out. `lines` and `line` make the lines of a section. */
export function surroundingsWith({ line, lines }) {
  const underground = ({ divisions, craters, shocks, assumed, mouth, debris, shares, intervals }) => [
    ...[...divisions].map(([division, row]) => line(row, `${division} counts as ${row.countsAs}`)),
    ...lines(craters, craterWords),
    ...lines(shocks, ({ rock, scaledMm }) => `ground shock, ${rock}: ${metres(scaledMm)} Q^(4/9)`),
    line(assumed, assumedWords(assumed)),
    line(mouth, `tunnel mouth: ${mouth.factorMilli / 1000} × diameter × density^(1/3), less off its axis`),
    line(debris, `debris: ${debris.distanceM} m within ${debris.arcMdeg / 1000}° of the axis`),
    ...lines(
      shares,
      ({ hazards, es, numerator, denominator }) => `${hazards.join(', ')} to ${es.join(', ')}: × ${numerator}/${denominator}`,
    ),
    // The two cells of an interval bear its id: one line for all of it.
    ...intervals.map((row) => ({ ...line(row, intervalWords(row)), rows: [row, row.cell.row, row.protectedCell.row] })),
  ];
  return (book) =>
    [
      ['Marshalling yards', lines(book.yards, ({ isBusy, es }) => `${isBusy ? 'busy or unknown' : 'quiet'}: as ${es}`)],
      ['Berths', [...book.ports].map(([key, cell]) => line(cell.row, `${key}: ${cellText(cell)}`))],
      ['Chambers underground', book.underground === null ? [] : underground(book.underground)],
    ].filter(([, rows]) => rows.length > 0);
}
