/** Counts its visits, so that one can see from outside whether it ran. The door lets only one other origin read it. */

let visits = 0;

export default {
  // #region handler
  fetch(): Response {
    visits += 1;
    return Response.json({ visits });
  },
  // #endregion
};
