/** What an operator has the function that keeps the signing keys do. */
export interface IssuerRequest {
  /** `rotate`: before it is due. `replace`: all keys by new ones. */
  readonly operator: 'rotate' | 'replace';
}

export interface IssuerAnswer {
  readonly outcome: 'rotated' | 'kept' | 'replaced';
}
