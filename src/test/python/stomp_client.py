"""A STOMP 1.2 client of a WebSocket and nothing else: its frames are written by hand."""

import asyncio
import re

import websockets

PATIENCE_SECONDS = 60
ESCAPES = {"\\": "\\\\", "\r": "\\r", "\n": "\\n", ":": "\\c"}
UNESCAPES = {escaped: character for character, escaped in ESCAPES.items()}


class Frame:
    def __init__(self, command, headers, body=b""):
        self.command = command
        self.headers = headers
        self.body = body

    @classmethod
    def read(cls, data):
        head, _, rest = data.lstrip(b"\r\n").partition(b"\n\n")
        command, *lines = head.decode().split("\n")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers.setdefault(name, value if command == "CONNECTED" else unescape(value))
        length = int(headers.get("content-length", rest.find(b"\0")))
        assert rest[length : length + 1] == b"\0", f"a frame that does not end where it says: {data!r}"
        return cls(command, headers, rest[:length])

    def bytes(self):
        lines = [self.command] + [
            f"{name}:{value if self.command == 'CONNECT' else escape(value)}" for name, value in self.headers.items()
        ]
        return "\n".join(lines).encode() + b"\n\n" + self.body + b"\0"

    @property
    def text(self):
        return self.body.decode()

    def __repr__(self):
        return f"{self.command} {self.headers} {self.body!r}"


class StompClient:
    """Keeps the messages of each subscription, and waits for a receipt of all it sends."""

    def __init__(self, socket):
        self.socket = socket
        self.received = {}
        self.beats = 0
        self.receipts = {}
        self.last_receipt = 0
        self.connected = asyncio.get_running_loop().create_future()
        self.changed = asyncio.Event()
        self.tasks = [asyncio.ensure_future(self._read())]

    @classmethod
    async def connect(cls, url, heartbeat=0):
        """Connects; a heartbeat other than 0 is offered and wanted, in milliseconds."""
        client = cls(await websockets.connect(url, subprotocols=["v12.stomp"], ping_interval=None))
        assert client.socket.subprotocol == "v12.stomp"
        headers = {"accept-version": "1.2", "host": "localhost", "heart-beat": f"{heartbeat},{heartbeat}"}
        await client.socket.send(Frame("CONNECT", headers).bytes().decode())
        connected = await within_patience(client.connected)
        agreed = int(connected.headers["heart-beat"].split(",")[1])
        if heartbeat:
            client.tasks.append(asyncio.ensure_future(client._beat(max(heartbeat, agreed) / 1000)))
        return client

    async def request(self, command, body=b"", **headers):
        """Sends a frame and returns its RECEIPT; underscores in names of headers stand for hyphens."""
        self.last_receipt += 1
        receipt = str(self.last_receipt)
        self.receipts[receipt] = asyncio.get_running_loop().create_future()
        headers = {name.rstrip("_").replace("_", "-"): str(value) for name, value in headers.items()}
        if body:
            headers["content-length"] = str(len(body))
        data = Frame(command, {**headers, "receipt": receipt}, body).bytes()
        try:
            await self.socket.send(data.decode())
        except UnicodeDecodeError:
            await self.socket.send(data)
        return await within_patience(self.receipts[receipt])

    async def subscribe(self, destination, id, ack="auto", prefetch=10):
        """Returns the list to which its messages will be added."""
        self.received[id] = []
        await self.request("SUBSCRIBE", destination=destination, id=id, ack=ack, prefetch_count=prefetch)
        return self.received[id]

    async def publish(self, destination, body, **headers):
        data = body if isinstance(body, bytes) else body.encode()
        return await self.request("SEND", data, destination=destination, **headers)

    async def until(self, condition):
        """Waits until a condition holds, looking whenever something has come."""

        async def holds():
            while not condition():
                self.changed.clear()
                await self.changed.wait()

        await within_patience(asyncio.ensure_future(holds()))

    async def close(self):
        await self.request("DISCONNECT")
        await self.socket.close()
        for task in self.tasks:
            task.cancel()

    async def _read(self):
        try:
            async for message in self.socket:
                data = message if isinstance(message, bytes) else message.encode()
                if data.strip(b"\r\n"):
                    self._take(Frame.read(data))
                else:
                    self.beats += 1
                self.changed.set()
            raise ConnectionError(f"closed: {self.socket.close_code} {self.socket.close_reason}")
        except Exception as failure:
            for waiting in [self.connected, *self.receipts.values()]:
                if not waiting.done():
                    waiting.set_exception(failure)

    def _take(self, frame):
        if frame.command == "CONNECTED":
            self.connected.set_result(frame)
        elif frame.command == "RECEIPT":
            self.receipts.pop(frame.headers["receipt-id"]).set_result(frame)
        elif frame.command == "MESSAGE":
            self.received[frame.headers["subscription"]].append(frame)
        else:
            raise AssertionError(f"not what was hoped for: {frame}")

    async def _beat(self, seconds):
        while True:
            await asyncio.sleep(seconds)
            await self.socket.send("\n")


async def within_patience(future):
    return await asyncio.wait_for(future, PATIENCE_SECONDS)


def escape(value):
    return "".join(ESCAPES.get(character, character) for character in value)


def unescape(value):
    return re.sub(r"\\.", lambda escaped: UNESCAPES[escaped[0]], value)
