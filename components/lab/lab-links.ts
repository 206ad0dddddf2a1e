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

/** No step may be called "finish": domain/lab sees to it that a slug and this address never meet. */
export function finishHref(lab: LabRef): string {
  return `${labHref(lab)}/finish`;
}
