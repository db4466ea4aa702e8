// Who the demo data let in; `gestfg seed --demo` prints the same list.
const password = "demo-gestfg-2026";

export const people = {
  admin: { login: "admin.demo@ugr.es", password },
  coordinator: { login: "coordinacion.demo@ugr.es", password },
  head: { login: "jefatura.demo@ugr.es", password },
  professor: { login: "profesorado.demo@ugr.es", password },
  applicant: { login: "solicitante.demo@correo.ugr.es", password },
  student: { login: "alumnado.demo@correo.ugr.es", password },
};
