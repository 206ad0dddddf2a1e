import { csvDisposition } from '#app/(teach)/_components/csv-name.ts';
import { tableTasks } from '#app/(teach)/_components/lab-table-tasks.ts';
import { classCsv } from '#data/class-csv.ts';
import { classRows } from '#data/class-results.ts';
import { getClass } from '#data/classes.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { getRuntime } from '#server/runtime.ts';

interface Context {
  params: Promise<{ id: string; course: string; lab: string }>;
}

/** Spreadsheets take a file for UTF-8 only when it says so. */
const byteOrderMark = '\uFEFF';

/** The class table as a file. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { auth, db, catalog, http } = getRuntime();
  try {
    const { id, course, lab: slug } = await params;
    const viewer = await auth.viewerFrom(request.headers);
    if (!viewer) throw new CodedError('unauthorized', 'results as CSV while signed out');
    const lab = catalog.lab(course, slug);
    if (!lab) throw new CodedError('not-found', `no lab ${course}/${slug}`);
    const tasks = tableTasks(lab).map(task => task.id);
    const rows = await classRows(db, viewer, id, course, slug, tasks);
    const { name } = await getClass(db, viewer, id);
    return new Response(byteOrderMark + classCsv(rows, tasks), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': csvDisposition(name, slug, Date.now()),
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    return http.respond(error);
  }
}
