// Who the demo data let in; `gestfg seed --demo` prints the same list.
const password = "demo";

export const people = {
  admin: { login: "admin@ugr.es", password },
  coordinator: { login: "coordinator@ugr.es", password },
  head: { login: "head@ugr.es", password },
  professor: { login: "professor@ugr.es", password },
  student: { login: "student@correo.ugr.es", password },
};
