import type Sqlite from 'better-sqlite3';

type Mode = 'pluck' | 'raw';

/**
 * A statement that SQLite compiles when it is first run. A connection has some hundred statements, of which a
 * process uses a few, and those that write assets carry the programs of all triggers: compiled at the start they
 * took 7 MB in the gateway.
 */
class LazyStatement {
  readonly #compile: () => Sqlite.Statement;
  readonly #modes: Mode[] = [];
  #compiled: Sqlite.Statement | undefined;

  constructor(compile: () => Sqlite.Statement) {
    this.#compile = compile;
  }

  get #statement(): Sqlite.Statement {
    if (this.#compiled) return this.#compiled;
    const statement = this.#compile();
    for (const mode of this.#modes) statement[mode]();
    this.#compiled = statement;
    return statement;
  }

  pluck(): this {
    return this.#setMode('pluck');
  }

  raw(): this {
    return this.#setMode('raw');
  }

  get(...values: unknown[]): unknown {
    return this.#statement.get(...values);
  }

  all(...values: unknown[]): unknown[] {
    return this.#statement.all(...values);
  }

  iterate(...values: unknown[]): IterableIterator<unknown> {
    return this.#statement.iterate(...values);
  }

  run(...values: unknown[]): Sqlite.RunResult {
    return this.#statement.run(...values);
  }

  columns(): Sqlite.ColumnDefinition[] {
    return this.#statement.columns();
  }

  #setMode(mode: Mode): this {
    if (this.#compiled) this.#compiled[mode]();
    else this.#modes.push(mode);
    return this;
  }
}

/** Makes `db.prepare` wait with the compiling until a statement is run. A mistake in its SQL shows then. */
export function prepareLazily(db: Sqlite.Database): void {
  const prepare = db.prepare.bind(db) as (sql: string) => Sqlite.Statement;
  db.prepare = ((sql: string) => new LazyStatement(() => prepare(sql))) as unknown as typeof db.prepare;
}
