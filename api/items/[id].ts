/** A dynamic segment: /api/items/42 runs this file, and 42 arrives in the query as `id`. */

import { badRequest } from '../_lib/bad-request.ts';

export default {
  // #region handler
  fetch(request: Request): Response {
    const id = new URL(request.url).searchParams.get('id') ?? '';
    if (!/^\d{1,9}$/.test(id)) {
      return badRequest(`An item's id is a whole number, not "${id}": try /api/items/42.`);
    }
    return Response.json({ id: Number(id), name: `Item ${Number(id)}` });
  },
  // #endregion
};
