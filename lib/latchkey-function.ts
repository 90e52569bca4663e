import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Validations } from 'aws-cdk-lib';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, type ICommandHooks, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Upkeep } from './upkeep.ts';

export interface LatchkeyFunctionProps {
  /** File name in `lambdas/entry`, without its extension. */
  readonly entry: string;
  readonly description: string;
  readonly upkeep: Upkeep;
  readonly environment?: Record<string, string>;
  /** A folder that stands beside the bundle, as `files`. */
  readonly files?: string;
  /** @default 10 s */
  readonly timeout?: Duration;
  /**
   * In MB; a function's share of a processor goes by it.
   * @default 256
   */
  readonly memorySize?: number;
}

/** How the entries are bundled. The SDK's ES modules shake to half of its CommonJS; as output, CommonJS needs no shim. */
export const bundling = {
  format: OutputFormat.CJS,
  mainFields: ['module', 'main'],
  target: 'node24',
  minify: true,
  externalModules: [],
} satisfies BundlingOptions;

const copying = (folder: string): ICommandHooks => ({
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (_, output) => [
    `node -e "fs.cpSync(process.argv[1], process.argv[2], { recursive: true })" "${folder}" "${output}/files"`,
  ],
});

const ENTRIES = join(import.meta.dirname, '../lambdas/entry');

/** A Lambda function of this stack: one entry, bundled whole, so that nothing is resolved when it starts. */
export class LatchkeyFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: LatchkeyFunctionProps) {
    const { entry, description, upkeep, environment, files, timeout = Duration.seconds(10), memorySize = 256 } = props;
    const source = join(ENTRIES, `${entry}.ts`);
    const { logRetention: retention, removalPolicy, tracing } = upkeep;
    const logGroup = new LogGroup(scope, `${id}Logs`, { retention, removalPolicy });
    super(scope, id, {
      description,
      entry: existsSync(source) ? source : join(ENTRIES, `${entry}.js`),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // Two lines for each invocation, of which every fact but the time of a start is a metric: paid by the byte.
      // Of one that failed or took too long, Lambda still writes them.
      // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
      systemLogLevelV2: SystemLogLevel.WARN,
      ...(tracing && { tracing: Tracing.ACTIVE }),
      timeout,
      ...(environment && { environment }),
      bundling: files === undefined ? bundling : { ...bundling, commandHooks: copying(files) },
    });
    // In the place of a managed policy that lets it write to every log there is.
    (this.role?.node.defaultChild as CfnRole).managedPolicyArns = [];
    logGroup.grantWrite(this);
    if (tracing) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray has no resources: a trace is sent to all of it or to none',
      });
    }
  }
}
