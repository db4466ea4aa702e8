"""An SMTP server that takes every mail. Prints its port, then a line of JSON for each mail."""

import asyncio
import json
from email import message_from_bytes

from aiosmtpd.smtp import SMTP


class Sink:
    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content)
        parts = [part.get_content_type() for part in message.walk()]
        for recipient in envelope.rcpt_tos:
            print(json.dumps({"recipient": recipient, "id": message["Message-ID"], "parts": parts}), flush=True)
        # Taken, but the sender does not know yet: the moment in which it had better not die.
        await asyncio.sleep(0.005)
        return "250 taken"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Sink(), enable_SMTPUTF8=True), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
