/** How much of the stored facts a page shows; more would only slow it down. Facts themselves are bounded when stored. */
export const factLimits = {
  /** A learner's machine has some 30 processes; a fork bomb has thousands. */
  processes: 300,
  containers: 100,
  events: 200,
  images: 100,
} as const;
