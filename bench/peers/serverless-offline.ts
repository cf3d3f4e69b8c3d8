/** serverless-offline: AWS Lambda and API Gateway as a plug-in of the Serverless Framework. */

import { packageFile } from '../packages.ts';
import type { Peer } from '../peer.ts';

const ADAPTER = `
import { answer } from './handler.mjs';

export const bench = async ({ queryStringParameters }) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(await answer(new URLSearchParams(queryStringParameters ?? {}))),
});
`;

export const serverlessOffline: Peer = {
  id: 'serverless-offline',
  title: 'serverless-offline',
  instance: 'a thread for each call at once',
  packages: ['serverless', 'serverless-offline'],
  path: '/bench',
  has: ['idleMs', 'timeoutS', 'memoryMb', 'instances'],

  prepare(workspace, port, { idleMs, timeoutS = 10, memoryMb = 256, instances }) {
    workspace.linkPackages();
    workspace.script('handler.mjs');
    workspace.write('index.mjs', ADAPTER);
    workspace.write('package.json', JSON.stringify({ name: 'bench', type: 'module' }));
    const bench = {
      handler: 'index.bench',
      events: [{ httpApi: 'GET /bench' }],
      timeout: timeoutS,
      memorySize: memoryMb,
      ...(instances !== undefined && { reservedConcurrency: instances }),
    };
    const service = {
      service: 'bench',
      frameworkVersion: '3',
      provider: { name: 'aws', runtime: 'nodejs20.x', region: 'us-east-1' },
      functions: { bench },
      plugins: ['serverless-offline'],
    };
    workspace.write('serverless.json', JSON.stringify(service));
    const program = packageFile('serverless', 'bin/serverless.js');
    const args = [program, 'offline', '--host', '127.0.0.1', '--httpPort', String(port)];
    // Its other ports may be any; zero lets the system choose.
    args.push('--lambdaPort', '0', '--websocketPort', '0', '--albPort', '0', '--noSponsor');
    if (idleMs !== undefined) {
      args.push('--terminateIdleLambdaTime', String(Math.ceil(idleMs / 1000)));
    }
    return {
      args,
      env: {
        SLS_TELEMETRY_DISABLED: '1',
        SLS_NOTIFICATIONS_MODE: 'off',
        SLS_GEO_LOCATION: 'none',
        AWS_ACCESS_KEY_ID: 'none',
        AWS_SECRET_ACCESS_KEY: 'none',
      },
    };
  },
};
