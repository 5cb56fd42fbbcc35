import type { CellKind, CellUses, NameUse } from './cell.ts'
import type { Block } from './model.ts'
import { usesOfProse } from './prose.ts'
import { usesOfSql } from './sql-names.ts'
import { usesOfYaml } from './yaml-body.ts'

export interface Plan {
  block: Block
  kind: CellKind | null
  /** Inputs that it names. */
  inputs: string[]
  /** Names that are other cells, where there are cells of that name. */
  names: NameUse[]
  /** Facts tables that it may read. */
  tables: ReadonlySet<string>
}

/** What a block reads, found in its body. */
export function planBlock(block: Block, kinds: ReadonlyMap<string, CellKind>): Plan {
  const kind = kinds.get(block.kind) ?? null
  const uses: CellUses & { words?: ReadonlySet<string> } =
    kind === null
      ? usesOfProse(block.body)
      : kind.body === 'sql'
        ? usesOfSql(block.body)
        : usesOfYaml(block.body)
  return {
    block,
    kind,
    inputs: [...new Set(uses.inputs.map(use => use.name))],
    names: uses.names,
    tables: new Set([...(kind?.tables ?? []), ...(uses.words ?? [])]),
  }
}
