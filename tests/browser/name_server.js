// A name server for the program under test (see ../node_tests): A and AAAA over UDP (RFC 1035, RFC 3596), to be asked anew each
// time (TTL 0).
import {createSocket} from 'node:dgram';

const types = {1: 'A', 28: 'AAAA'};

function bytesOf(address) {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const {hostname} = new URL(`http://[${address}]`);  // in hexadecimal, also what was dotted
  const [head, tail] = hostname.slice(1, -1).split('::').map((half) => half.split(':').filter(Boolean));
  const groups = tail ? [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail] : head;
  return Buffer.concat(groups.map((group) => Buffer.from(group.padStart(4, '0'), 'hex')));
}

// `answer(name, type)` gives the addresses of a name, undefined if there is no such name. `given`: what each name was answered.
export async function openNameServer(answer) {
  const given = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, {port, address}) => {
    const labels = [];
    let at = 12;
    for (; query[at] !== 0; at += query[at] + 1) labels.push(query.toString('latin1', at + 1, at + 1 + query[at]));
    const name = labels.join('.').toLowerCase();
    const number = query.readUInt16BE(at + 1);
    const addresses = types[number] ? answer(name, types[number]) : [];
    const records = (addresses ?? []).map(bytesOf).map((bytes) => {
      const record = Buffer.alloc(12);  // of the name at byte 12
      record.writeUInt16BE(0xc00c, 0);
      record.writeUInt16BE(number, 2);
      record.writeUInt16BE(1, 4);  // IN
      record.writeUInt16BE(bytes.length, 10);
      return Buffer.concat([record, bytes]);
    });
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(addresses ? 0x8580 : 0x8583, 2);  // an authoritative answer; NXDOMAIN
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(records.length, 6);
    given.push({name, type: types[number], addresses: addresses ?? []});
    socket.send(Buffer.concat([head, query.subarray(12, at + 5), ...records]), port, address);
  });
  await new Promise((resolve, reject) => socket.once('error', reject).bind(53, process.env.NAME_SERVER, resolve));
  return {given, stop: () => new Promise((resolve) => socket.close(resolve))};
}
