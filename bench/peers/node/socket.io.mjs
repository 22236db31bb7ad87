import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { parse } from './topics.mjs';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });

io.on('connection', (socket) => {
  socket.on('join', (topic, joined) => {
    socket.join(topic);
    joined();
  });
  socket.on('publish', (topic, body) => io.to(topic).emit('m', body));
});

http.on('request', (request, response) => {
  const { subscribes, topic } = parse(request.url);
  if (subscribes || topic === undefined || request.method !== 'POST') {
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    io.to(topic).emit('m', Buffer.concat(chunks).toString());
    response.writeHead(204).end();
  });
});

http.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
