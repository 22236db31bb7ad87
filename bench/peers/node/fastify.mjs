import websocket from '@fastify/websocket';
import fastify from 'fastify';
import { parse, Topics } from './topics.mjs';

const topics = new Topics();
const app = fastify();
await app.register(websocket);

function connected(socket, request) {
  const { subscribes, topic } = parse(request.url);
  if (subscribes) {
    topics.join(topic, socket);
  }
  socket.on('message', (data) => topics.publish(topic, data.toString()));
}

app.get('/topics/:topic', { websocket: true }, connected);
app.get('/publish/:topic', { websocket: true }, connected);
app.post('/publish/:topic', async (request, reply) => {
  topics.publish(request.params.topic, request.body);
  return reply.code(204).send();
});

await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
