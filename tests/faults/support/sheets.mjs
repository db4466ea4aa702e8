// Spreadsheets of invented students.

const LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

/** So many rows of students nobody knows, of the first degree of the demonstration. */
export function studentsSheet(series, count, first = 60_000_000) {
  const rows = Array.from({ length: count }, (_, n) => {
    const number = first + n;
    return `${series}.${n}@correo.ugr.es;${number}${LETTERS[number % 23]};Alumna ${n};De Prueba;GII`;
  });
  return ["email;dni;nombre;apellidos;titulacion", ...rows, ""].join("\n");
}
