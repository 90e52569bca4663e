import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { type ReactNode, useEffect } from 'react';
import { ProblemAlert } from './problem-alert.tsx';
import { useNarrow } from './use-narrow.ts';
import type { Pages } from './use-pages.ts';

export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (item: T) => ReactNode;
  /** What rows are sorted by; none, and they are not by this. */
  readonly sortBy?: (item: T) => string | number;
  /** Whether a phone shows it too. */
  readonly narrow?: boolean;
  readonly isRowHeader?: boolean;
  /** In pixels, for what does not wrap well. */
  readonly minWidth?: number;
}

interface ListTableProps<T> {
  readonly title: string;
  readonly headingLevel?: 'h1' | 'h2';
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly columns: readonly Column<T>[];
  readonly pages: Omit<Pages<T>, 'loadMore' | 'hasMore'> & Partial<Pick<Pages<T>, 'loadMore' | 'hasMore'>>;
  readonly idOf: (item: T) => string;
  /** In the plural: `keys`. */
  readonly things: string;
  /** What stands in the place of rows, and what to do about it. */
  readonly empty: ReactNode;
  /** What the text filter looks through; without it there is no filter. */
  readonly textOf?: (item: T) => string;
  readonly filters?: ReactNode;
  readonly variant?: 'container' | 'embedded';
}

const PAGE_SIZE = 25;

const compare =
  <T,>(by: (item: T) => string | number) =>
  (a: T, b: T) => {
    const [left, right] = [by(a), by(b)];
    return typeof left === 'number' && typeof right === 'number'
      ? left - right
      : String(left).localeCompare(String(right), undefined, { numeric: true, sensitivity: 'base' });
  };

/** A list of the API as a table: its pages are fetched as they are looked at, and all of them to find or sort. */
export function ListTable<T>({
  title,
  headingLevel = 'h1',
  description,
  actions,
  columns,
  pages: { items, hasMore = false, loading, problem, loadMore, reload },
  idOf,
  things,
  empty,
  textOf,
  filters,
  variant = 'container',
}: ListTableProps<T>) {
  const narrow = useNarrow();
  const {
    items: shown,
    collectionProps,
    filterProps,
    paginationProps,
    filteredItemsCount = 0,
    actions: change,
  } = useCollection(items, {
    filtering: {
      filteringFunction: (item, text) => (textOf?.(item) ?? '').toLowerCase().includes(text.trim().toLowerCase()),
      empty,
      noMatch: (
        <SpaceBetween size="s" alignItems="center">
          <Box>None of the {things} matches.</Box>
          <Button onClick={() => change.setFiltering('')}>Clear the filter</Button>
        </SpaceBetween>
      ),
    },
    sorting: {},
    pagination: { pageSize: PAGE_SIZE },
  });
  const finding = filterProps.filteringText !== '' || collectionProps.sortingColumn !== undefined;
  const isLastPage = paginationProps.currentPageIndex >= paginationProps.pagesCount;

  useEffect(() => {
    if (finding && hasMore && !loading && !problem) void loadMore?.();
  }, [finding, hasMore, loading, problem, loadMore]);

  const visible = columns.filter((column) => !narrow || column.narrow);
  const counter = items.length === 0 ? '' : `(${items.length}${hasMore ? '+' : ''})`;
  return (
    <SpaceBetween size="m">
      {problem && <ProblemAlert problem={problem} onRetry={items.length > 0 && loadMore ? loadMore : reload} />}
      <Table
        {...collectionProps}
        variant={variant}
        items={[...shown]}
        trackBy={idOf}
        loading={loading && items.length === 0}
        loadingText={`Loading ${things}`}
        wrapLines
        enableKeyboardNavigation={false}
        columnDefinitions={visible.map(({ id, header, cell, sortBy, isRowHeader = false, minWidth }) => ({
          id,
          header,
          cell,
          isRowHeader,
          ...(minWidth !== undefined && { minWidth }),
          ...(sortBy && { sortingComparator: compare(sortBy) }),
        }))}
        empty={problem ? <Box>The {things} could not be loaded.</Box> : collectionProps.empty}
        header={
          <Header variant={headingLevel} counter={counter} description={description} actions={actions}>
            {title}
          </Header>
        }
        filter={
          textOf ? (
            <SpaceBetween
              size="s"
              direction={narrow ? 'vertical' : 'horizontal'}
              alignItems={narrow ? 'start' : 'center'}
            >
              <TextFilter
                {...filterProps}
                filteringPlaceholder={`Find ${things}`}
                filteringAriaLabel={`Find ${things}`}
                countText={`${filteredItemsCount} ${filteredItemsCount === 1 ? 'match' : 'matches'}`}
              />
              {filters}
            </SpaceBetween>
          ) : (
            filters
          )
        }
        pagination={
          paginationProps.pagesCount > 1 || hasMore ? (
            <Pagination
              {...paginationProps}
              openEnd={hasMore}
              disabled={loading}
              onNextPageClick={({ detail }) => {
                if (!detail.requestedPageAvailable) void loadMore?.();
              }}
            />
          ) : undefined
        }
        footer={
          hasMore && isLastPage ? (
            <Box textAlign="center">
              <Button loading={loading} onClick={() => void loadMore?.()}>
                Load more
              </Button>
            </Box>
          ) : undefined
        }
      />
    </SpaceBetween>
  );
}
