export interface LabRef {
  course: string;
  slug: string;
}

export function labHref({ course, slug }: LabRef): string {
  return `/learn/${course}/${slug}`;
}

export function stepHref(lab: LabRef, step: string): string {
  return `${labHref(lab)}/${step}`;
}

/** No step may be called "finish": the catalog leaves out a lab that has one. */
export function finishHref(lab: LabRef): string {
  return `${labHref(lab)}/finish`;
}
