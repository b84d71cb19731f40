import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Database, ExecuteOptions, Parameters } from './api.js';
import { valueText } from './live/equality.js';
import { live, type LiveDatabase, type LiveQuery, type RowKey } from './live.js';
import type { Row } from './values.js';

/** How a live query of a component is run. */
export interface UseLiveQueryOptions<R = Row> extends Omit<ExecuteOptions, 'signal'> {
  /** As {@link LiveOptions.key}: rows that are as before stay the same objects. */
  readonly key?: RowKey<R> | undefined;
  /** As {@link LiveOptions.throttleMillis}. */
  readonly throttleMillis?: number | undefined;
}

/** What a component knows of its query. */
export interface LiveQueryState<R = Row> {
  /** The rows of the newest result; undefined before the first one. */
  readonly rows: readonly R[] | undefined;
  readonly columns: readonly string[] | undefined;
  /** Why there is no newer result; undefined when all is well. The rows stay. */
  readonly error: unknown;
  /**
   * Whether the first result for these parameters is still to come. The rows are then those for the
   * parameters before, if it is the same query.
   */
  readonly isLoading: boolean;
}

const LOADING: LiveQueryState<never> = {
  rows: undefined,
  columns: undefined,
  error: undefined,
  isLoading: true,
};

/** The query that a component shows now. */
class Shown<R> {
  readonly #listeners = new Set<() => void>();
  #state: LiveQueryState<R> = LOADING;
  #database: LiveDatabase | null = null;
  #query = '';

  readonly state = (): LiveQueryState<R> => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #become(state: LiveQueryState<R>): void {
    this.#state = state;
    this.#listeners.forEach((listener) => listener());
  }

  /** Shows a query until what this gives is called. */
  show(
    database: LiveDatabase,
    query: string,
    parameters: Parameters,
    options: UseLiveQueryOptions<R>,
  ): () => void {
    const isSameQuery = this.#database === database && this.#query === query;
    this.#database = database;
    this.#query = query;
    if (!isSameQuery) {
      this.#become(LOADING);
    } else if (!this.#state.isLoading) {
      this.#become({ ...this.#state, isLoading: true });
    }
    const ending = new AbortController();
    const { signal } = ending;
    const failed = (error: unknown): void => {
      if (!signal.aborted) {
        this.#become({ ...this.#state, error, isLoading: false });
      }
    };
    const running: Promise<LiveQuery<R>> = live<R>(database, query, parameters, {
      ...options,
      signal,
      onResult: ({ rows, columns }) =>
        this.#become({ rows, columns, error: undefined, isLoading: false }),
      onError: failed,
    });
    running.catch(failed);
    return () => ending.abort();
  }
}

/**
 * The rows of a query, kept up to date: the component is rendered again when a commit, in this tab
 * or another one, has changed them.
 *
 * The query runs again when the database, the text or what is in the parameters is another; that the
 * parameters are another object does not count. Options count as they are when that happens.
 *
 * ```jsx
 * function People({ city }) {
 *   const { rows, error } = useLiveQuery(
 *     useDatabase(),
 *     'MATCH (p:Person {city: $city}) RETURN p.name AS name ORDER BY name',
 *     { city },
 *   );
 *   return <ul>{rows?.map(({ name }) => <li key={name}>{name}</li>)}</ul>;
 * }
 * ```
 *
 * @param database null or undefined as long as it is not open
 */
export function useLiveQuery<R = Row>(
  database: LiveDatabase | null | undefined,
  query: string,
  parameters: Parameters = {},
  options: UseLiveQueryOptions<R> = {},
): LiveQueryState<R> {
  const [shown] = useState(() => new Shown<R>());
  const contents = valueText(parameters, false);
  useEffect(() => {
    return database == null ? undefined : shown.show(database, query, parameters, options);
    // The text stands for what is in the parameters.
  }, [shown, database, query, contents]);
  return useSyncExternalStore(shown.subscribe, shown.state, () => LOADING);
}

const DatabaseContext = createContext<Database | null>(null);

/** Gives a database to the components inside, for {@link useDatabase}. */
export function WeftProvider(properties: {
  readonly database: Database | null;
  readonly children?: ReactNode;
}): ReactNode {
  return createElement(DatabaseContext.Provider, { value: properties.database }, properties.children);
}

/** The database of the {@link WeftProvider} around; null without one, or as long as it has none. */
export function useDatabase(): Database | null {
  return useContext(DatabaseContext);
}
