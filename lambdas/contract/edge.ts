/** Headers by which CloudFront tells the API of a request: that it comes by there, and where from. */
export const EDGE_HEADERS = { secret: 'x-latchkey-edge', address: 'x-latchkey-address' } as const;
