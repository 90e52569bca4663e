/** Outputs of a stack that say what the operator's command line works on. */
export type StackOutput = 'ApiUrl' | 'TableName' | 'AuthorizerFunction' | 'SigningKeysFunction' | 'SigningFunctions';
