// A real OpenID provider (npm's oidc-provider) on the loopback interface, with one plain page to sign in on: whoever
// writes a name there is that person. It signs ID tokens with the algorithm asked for, and tells the mail address to
// the client's own question.
import {generateKeyPairSync, randomUUID} from 'node:crypto';
import {createServer} from 'node:http';
import Provider from 'oidc-provider';

const keys = {
  RS256: () => generateKeyPairSync('rsa', {modulusLength: 2048}),
  ES256: () => generateKeyPairSync('ec', {namedCurve: 'P-256'}),
};

const page = (body) =>
    `<!DOCTYPE html><html lang="en"><head><title>Provider</title><link rel="icon" href="data:," /></head><body>${
        body}</body></html>`;

export async function openProvider({port, site, secret, algorithm}) {
  const issuer = `http://127.0.0.1:${port}`;
  const key = {...keys[algorithm]().privateKey.export({format: 'jwk'}), kid: randomUUID(), alg: algorithm, use: 'sig'};
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'moisson',
      client_secret: secret,
      redirect_uris: [`${site}/sign-in/callback`],
      post_logout_redirect_uris: [`${site}/signed-out`],
      id_token_signed_response_alg: algorithm,
    }],
    jwks: {keys: [key]},
    cookies: {keys: [randomUUID()]},
    claims: {openid: ['sub'], email: ['email', 'email_verified']},
    pkce: {required: () => true},
    features: {
      devInteractions: {enabled: false},
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Leave the provider</button>`);
        },
      },
    },
    findAccount: (ctx, id) =>
        ({accountId: id, claims: () => ({sub: id, email: `${id}@example.org`, email_verified: true})}),
    loadExistingGrant: async (ctx) => {
      const grant =
          new ctx.oidc.provider.Grant({clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId});
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
    interactions: {url: (ctx, interaction) => `/interaction/${interaction.uid}`},
  });

  const signIn = async (request, response) => {
    if (request.method === 'GET') {
      response.setHeader('Content-Type', 'text/html');
      return response.end(
          page(`<form method="post"><label>Name <input name="name" /></label><button>Sign in</button></form>`));
    }
    let body = '';
    for await (const piece of request) body += piece;
    return provider.interactionFinished(request, response, {login: {accountId: new URLSearchParams(body).get('name')}});
  };
  const answer = provider.callback();
  const server = createServer(
      (request, response) =>
          request.url.startsWith('/interaction/') ? signIn(request, response) : answer(request, response));
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {issuer, stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)))};
}
