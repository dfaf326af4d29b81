/**
 * A configuration of at least so many bytes, as an administrator's program would write it: commented instances with
 * addresses and checks, 250 virtual routers on an interface.
 *
 * @param {number} bytes
 * @returns {string}
 */
export function largeConfiguration(bytes) {
  const blocks = ['vrrp_script chk {\n    script "/usr/bin/killall -0 haproxy"\n    interval 2\n}\n'];
  let length = blocks[0].length;
  for (let number = 0; length < bytes; number++) {
    const [high, low] = [(number >> 8) & 255, number & 255];
    const block = `
# service ${number}
vrrp_instance VI_${number} {
    state BACKUP
    interface eth${Math.floor(number / 250)}
    virtual_router_id ${(number % 250) + 1}
    priority 100            # the other node has 150
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass "s${number}"
    }
    virtual_ipaddress {
        10.${number >> 16}.${high}.${low}/8 dev eth${Math.floor(number / 250)}
        172.${16 + (number >> 16)}.${high}.${low}/12
    }
    track_script {
        chk
    }
}
`;
    blocks.push(block);
    length += block.length;
  }
  return blocks.join('');
}
