import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { parse, Topics } from './topics.mjs';

const topics = new Topics();

const http = createServer((request, response) => {
  const { topic } = parse(request.url);
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    topics.publish(topic, Buffer.concat(chunks).toString());
    response.writeHead(204).end();
  });
});

new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, request) => {
  const { subscribes, topic } = parse(request.url);
  if (subscribes) {
    topics.join(topic, socket);
  }
  socket.on('message', (data) => topics.publish(topic, data.toString()));
});

http.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
