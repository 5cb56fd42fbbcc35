/** Notebooks of any length for the browser's benchmark: text, queries, charts, tables, and one long query near the top. */

/** Lines of the longest cell. */
const LONG = 400

/** A notebook of `cells` cells, prose among them; every name is its own. */
export function longNotebook(cells: number): string {
  const parts = [`# ${cells} cells`, fence('sql long', longQuery())]
  for (let n = 3; parts.length < cells; n += 1) {
    const stem = `q${n}`
    const query = `select source, count(*) as deals, sum(amount) as revenue\nfrom deals\ngroup by source\norder by deals desc\nlimit ${(n % 7) + 3}`
    parts.push(fence(`sql ${stem}`, query))
    parts.push(`## Part ${n}\n\nWhat **part ${n}** says of deals by source, and what follows from it.`)
    parts.push(
      fence(
        `chart c${n}`,
        `data: ${stem}\nmark: bar\nencoding:\n  x: { field: deals, type: quantitative }\n  y: { field: source, type: nominal }`,
      ),
    )
    parts.push(fence(`table t${n}`, `data: ${stem}\nsort: -deals`))
  }
  return `---\ntitle: ${cells} cells\nlanguage: en\n---\n\n${parts.slice(0, cells).join('\n\n')}\n`
}

const fence = (info: string, body: string) => `\`\`\`${info}\n${body}\n\`\`\``

function longQuery(): string {
  const lines = Array.from(
    { length: LONG },
    (_, n) =>
      `  sum(case when amount > ${n * 100} then 1 else 0 end) as over_${n}, -- deals above ${n * 100}`,
  )
  return `select\n${lines.join('\n')}\n  count(*) as deals\nfrom deals`
}
