import { join } from 'node:path';
import { IgnoreMode, Stack, type StackProps } from 'aws-cdk-lib';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import { Latchkey, type LatchkeyProps } from '../../lib/index.ts';

export interface OwnApiStackProps extends StackProps {
  /**
   * How keys, limits and logins look.
   * @default everything as it comes
   */
  readonly latchkey?: LatchkeyProps;
}

/** An API of your own: two functions, in Python and TypeScript, behind Latchkey. */
export class OwnApiStack extends Stack {
  readonly latchkey: Latchkey;

  constructor(scope: Construct, id: string, props: OwnApiStackProps = {}) {
    super(scope, id, props);
    this.latchkey = new Latchkey(this, 'Latchkey', props.latchkey);

    const widgets = new LambdaFunction(this, 'Widgets', {
      description: 'Widgets: a function without any library',
      runtime: Runtime.PYTHON_3_13,
      architecture: Architecture.ARM_64,
      handler: 'widgets.handler',
      code: Code.fromAsset(import.meta.dirname, { exclude: ['*', '!widgets.py'], ignoreMode: IgnoreMode.GIT }),
    });
    // Over the limit, the gateway answers 403 with code rate_limited: the function is not called, and knows nothing of it.
    this.latchkey.protect({
      method: 'GET',
      path: '/v1/widgets/{widgetId}',
      handler: widgets,
      scopes: ['widgets:read'],
    });
    // For keys alone. Over the limit the function is called, and answers 429 itself.
    this.latchkey.protect({
      method: 'POST',
      path: '/v1/widgets',
      handler: widgets,
      scopes: ['widgets:write'],
      principals: ['key'],
      limited: 'handler',
    });

    const gadgets = new NodejsFunction(this, 'Gadgets', {
      description: 'Gadgets: a function that is wrapped in withAuth',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      entry: join(import.meta.dirname, 'gadgets.ts'),
    });
    // Over the limit, withAuth answers 429.
    this.latchkey.protect({
      method: 'GET',
      path: '/v1/gadgets',
      handler: gadgets,
      scopes: ['gadgets:read'],
      limited: 'handler',
    });

    // Among them ApiUrl.
    this.latchkey.addOutputs();
  }
}
