/** When each of a class clicks, milliseconds after the first could: the same in every run. */
export function arrivals(learners: number, withinMs: number): number[] {
  let state = 20_261_122;
  const random = () => {
    // A linear congruential generator (Park and Miller): enough for moments, and the same everywhere.
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: learners }, () => Math.floor(random() * withinMs)).sort((a, b) => a - b);
}
