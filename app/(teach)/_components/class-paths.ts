/** Addresses of the class pages. Ids are ours and need no escaping; tasks are named by authors. */
export function classHref(classId: string): string {
  return `/classes/${classId}`;
}

export function resultsHref(classId: string, { course, lab }: { course: string; lab: string }): string {
  return `${classHref(classId)}/results/${course}/${lab}`;
}
