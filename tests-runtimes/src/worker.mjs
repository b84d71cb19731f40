// workerd: a worker that answers with what `check` gives as JSON.
import wasm from './node_modules/weftdb/dist/weft.wasm';
import { check } from './check.mjs';

export default {
  async fetch(request) {
    if (new URL(request.url).pathname === '/started') {
      return new Response();
    }
    try {
      return Response.json(await check(wasm));
    } catch (error) {
      return new Response(error.stack, { status: 500 });
    }
  },
};
