/** Queries that cannot be written: without an engine, a table or an order, or with names that are none. */
import { ofArguments, type BadInput } from './bad-input.js';

const help = 'see eventbus-bench sql --help';
const rest = ['--table', 't', '--order-by', 'o'];
const whole = ['--dialect', 'duckdb', ...rest];

export const badQueries: readonly BadInput[] = ofArguments(
  ['sql'],
  [
    [[], "required option '--dialect <engine>' not specified", help],
    [['--dialect', 'duckdb'], "required option '--table <table>' not specified", help],
    [['--dialect', 'duckdb', '--table', 't'], "required option '--order-by <column>' not specified", help],
    [['--dialect', 'postgres', ...rest], "argument 'postgres' is invalid", help],
    [[...whole, 'x'], 'too many arguments', help],
    [[...whole, '--tabel', 'x'], "unknown option '--tabel'", 'did you mean --table?'],
    [['--dialect', 'duckdb', '--table', '', '--order-by', 'o'], '--table "" is not a name', 'write it as name'],
    [['--dialect', 'duckdb', '--table', 'a".b', '--order-by', 'o'], 'is not a name', 'in double quotes'],
    [['--dialect', 'duckdb', '--table', 't', '--order-by', 'a..b'], '--order-by "a..b" is not a name', 'write it as'],
    [['--dialect', 'spark', '--table', 'a/b.ndjson', '--order-by', 'o'], 'is the path of a file', 'table of Spark'],
    [['--dialect', 'duckdb', '--table', 'a/b.log', '--order-by', 'o'], 'its ending does not tell', '.ndjson'],
    [[...whole, '--map', 'aggregate'], 'is not a list of field=column', 'write --map aggregate=COLUMN'],
    [[...whole, '--map', 'aggregat=a'], '--map has no field "aggregat"', 'it maps aggregate, version, id, topic'],
    [[...whole, '--map', 'version=a\u001b[2J'], 'is not a name', 'write it as name'],
    [[...whole, '--map', 'version=a,version=b'], '--map names version twice', 'leave one of them out'],
    [[...whole, '--map', "topic='a"], 'is not a list of field=column', "topic='orders'"],
    [[...whole, '--map', 'id=a'], '--map names id, and --versions is dense', 'or give --versions rising'],
    [[...whole, '--map', 'start=a'], '--map names start and no finish', 'give finish as well'],
    [[...whole, '--versions', 'sparse'], "argument 'sparse' is invalid", help],
    [[...whole, '--first-version', '-1'], '--first-version is -1; allowed: a whole number from 0', '--first-version 1'],
    [[...whole, '--first-version', '9223372036854775808'], 'allowed: a whole number from 0', '--first-version 1'],
    [[...whole, '--first-version', '1', '--versions', 'rising'], 'which has no gaps', 'leave one of them out'],
  ],
);
