"""Python can do all that STOMP can: run as `stomp_client_test.py TEST...` with the server's address in FANFARE_URL."""

import os
import unittest

from stomp_client import StompClient

URL = os.environ["FANFARE_URL"]


class StompClientTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.topic = f"/topic/python-{self._testMethodName}"

    async def connect(self, heartbeat=0):
        client = await StompClient.connect(URL, heartbeat)
        self.addAsyncCleanup(client.close)
        return client

    async def test_publish(self):
        client = await self.connect()
        received = await client.subscribe(self.topic, "1")

        receipt = await client.publish(self.topic, "你好 ✓", colour="a:b\\c")

        await client.until(lambda: received)
        self.assertEqual(["你好 ✓"], texts(received))
        self.assertEqual(receipt.headers["position"], received[0].headers["message-id"])
        self.assertEqual("a:b\\c", received[0].headers["colour"])

    async def test_ack_client(self):
        client = await self.connect()
        received = await client.subscribe(self.topic, "1", ack="client", prefetch=2)
        await self.publish_and_hear(client, "1", "2", "3", "4")
        self.assertEqual(["1", "2"], texts(received))

        await client.request("ACK", id=received[1].headers["ack"])

        await client.until(lambda: len(received) == 4)
        self.assertEqual(["1", "2", "3", "4"], texts(received))

    async def test_ack_individual(self):
        client = await self.connect()
        received = await client.subscribe(self.topic, "1", ack="client-individual", prefetch=2)
        await self.publish_and_hear(client, "1", "2", "3", "4")
        self.assertEqual(["1", "2"], texts(received))

        await client.request("ACK", id=received[1].headers["ack"])
        await client.until(lambda: len(received) == 3)
        await client.request("NACK", id=received[0].headers["ack"])
        await client.until(lambda: len(received) == 4)
        await client.request("ACK", id=received[3].headers["ack"])
        await client.until(lambda: len(received) == 5)

        self.assertEqual(["1", "2", "3", "1", "4"], texts(received))
        self.assertEqual(
            [None, None, None, "1", None], [message.headers.get("redelivered") for message in received]
        )

    async def test_transaction(self):
        client = await self.connect()
        received = await client.subscribe(self.topic, "1")

        for name in ("lost", "kept"):
            await client.request("BEGIN", transaction=name)
            await client.publish(self.topic, f"{name} 1", transaction=name)
            await client.publish(self.topic, f"{name} 2", transaction=name)
        await client.publish(self.topic, "between")
        await client.request("ABORT", transaction="lost")
        await client.request("COMMIT", transaction="kept")
        await client.publish(self.topic, "after")

        await client.until(lambda: "after" in texts(received))
        self.assertEqual(["between", "kept 1", "kept 2", "after"], texts(received))

    async def test_heartbeat(self):
        client = await self.connect(heartbeat=500)
        received = await client.subscribe(self.topic, "1")

        # By then a silent client would have been closed: it may be silent for two.
        await client.until(lambda: client.beats >= 8)
        await client.publish(self.topic, "still here")

        await client.until(lambda: received)
        self.assertEqual(["still here"], texts(received))

    async def test_binary(self):
        client = await self.connect()
        received = await client.subscribe(self.topic, "1")

        await client.publish(self.topic, bytes(range(256)))

        await client.until(lambda: received)
        self.assertEqual(bytes(range(256)), received[0].body)

    async def publish_and_hear(self, client, *texts):
        """Publishes, and waits until a subscription that waits for nothing has heard all."""
        heard = await client.subscribe(self.topic, "all")
        for text in texts:
            await client.publish(self.topic, text)
        await client.until(lambda: len(heard) == len(texts))


def texts(frames):
    return [frame.text for frame in frames]


if __name__ == "__main__":
    unittest.main()
