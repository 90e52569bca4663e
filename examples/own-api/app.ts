import { App } from 'aws-cdk-lib';
import { OwnApiStack } from './own-api-stack.ts';

new OwnApiStack(new App(), 'OwnApi');
