/** Environment variables that the constructs set and the entries read. */
export const environment = {
  tableName: 'TABLE_NAME',
  userPoolId: 'USER_POOL_ID',
  /** Comma-separated ids of the app clients whose tokens are accepted. */
  clientIds: 'CLIENT_IDS',
  /** Routes of the deployment's own functions, as `encodeRoutes` writes them. */
  ownRoutes: 'OWN_ROUTES',
  /** Where people find the API: its pages, and the origin that its cookies are for. */
  baseUrl: 'BASE_URL',
  /** Path of the dashboard, where there is one. */
  home: 'HOME_PATH',
  /** What CloudFront proves by that a request comes by it. */
  edgeSecret: 'EDGE_SECRET',
  /** The bucket of the dashboard. */
  siteBucket: 'SITE_BUCKET',
  /** The `iss` of the tokens that the stack signs, and where keys call the API. */
  issuer: 'ISSUER',
  /** The secret in Secrets Manager that holds the private keys. */
  signingKeys: 'SIGNING_KEYS',
  loginUrl: 'LOGIN_URL',
  /** `managed`, or `classic`, which cannot be told to ask for the password again. */
  loginPages: 'LOGIN_PAGES',
  /** The sender of the deployment's mail; without one it sends none. */
  mailFrom: 'MAIL_FROM',
  /** The sender of its text messages, likewise. */
  smsFrom: 'SMS_FROM',
  /** The secret in Secrets Manager under which codes are hashed. */
  otpKey: 'OTP_KEY',
  /** When an operator had all containers end. Nobody reads it. */
  restartedAt: 'RESTARTED_AT',
  /** Where CloudWatch has the deployment's metrics; without it none are written. */
  metricsNamespace: 'METRICS_NAMESPACE',
  /** The deployment's `Profile`, as JSON. */
  profile: 'PROFILE',
} as const;
