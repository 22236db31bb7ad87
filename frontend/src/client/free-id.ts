/** Number what has the same name: `scores`, `scores#2`, `scores#3`. */
export function freeId(name: string, isTaken: (id: string) => boolean): string {
  let id = name;
  for (let number = 2; isTaken(id); number++) {
    id = `${name}#${number}`;
  }
  return id;
}
