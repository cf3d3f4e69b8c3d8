/** Counts the calls that it has served, behind a door that lets few of them in. */

let served = 0;

export default {
  // #region handler
  fetch(): Response {
    served += 1;
    return Response.json({ served });
  },
  // #endregion
};
