"""Oracle library: assemble guest cases, pack a batch, run it in qemu-system-aarch64 (TCG, EL2 stub), parse and decode."""
import json, os, re, struct, subprocess, tempfile
HERE = os.path.dirname(os.path.abspath(__file__))
STUB = os.path.join(HERE, os.pardir, os.pardir, 'conformance', 'el2', 'stub.elf')
GBASE = 0x40080000
M64 = (1 << 64) - 1
# ---------------------------------------------------------------- params
FIELDS = '''magic total nseg pc spsr hcr cptr mdcr cnthctl hstr hcrx vtcr vttbr
sctlr_el1 ttbr0_el1 ttbr1_el1 tcr_el1 mair_el1 vbar_el1 cpacr_el1 mdscr_el1 cntkctl_el1
contextidr_el1 tpidr_el1 tpidr_el0 tpidrro_el0 sp_el0 sp_el1 elr_el1 spsr_el1 esr_el1 far_el1
par_el1 vsesr vmpidr vpidr ich_hcr ich_lr0 ich_vmcr bvr0 bcr0 wvr0 wcr0 pmuserenr
sysreg_pol isv0_pol iabt_pol max_exits wd_ticks dump_addr dump_len sgi_mask step irq_pol
fpcr fpsr dbg_pol cntvoff'''.split()
B = lambda *n: sum(1 << i for i in n)
HCRB = dict(VM=0, SWIO=1, PTW=2, FMO=3, IMO=4, AMO=5, VF=6, VI=7, VSE=8, FB=9, BSU_IS=10, DC=12, TWI=13, TWE=14, TID0=15, TID1=16, TID2=17,
  TID3=18, TSC=19, TIDCP=20, TACR=21, TSW=22, TPCP=23, TPU=24, TTLB=25, TVM=26, TGE=27, TDZ=28, HCD=29, TRVM=30, RW=31, CD=32, ID=33,
  E2H=34, TLOR=35, TERR=36, TEA=37, APK=40, API=41, NV=42, NV1=43, AT=44, NV2=45, FWB=46, TID4=49, TICAB=50, TOCU=52, ENSCXT=53, TTLBIS=54, TTLBOS=55, ATA=56, TID5=58)
def hcr(*names): return sum(1 << HCRB[n] for n in names)
HCR_KVM = hcr('VM','SWIO','PTW','FMO','IMO','AMO','FB','BSU_IS','TWI','TWE','TSC','TSW','TACR','TIDCP','TID1','TID3','RW','TLOR','APK','API')
# stage-2 table set: name -> (vtcr, vttbr)
S2PA = 0x58000000
S2 = {}
def s2blob():
    """Three stage-2 trees. Guest RAM: IPA 0x40000000 + 64 MiB -> PA 0x48000000."""
    mem = bytearray(0x100000); nxt = [0]
    def alloc(n=0x1000, align=None):
        a = align or n; nxt[0] = (nxt[0] + a - 1) // a * a; p = nxt[0]; nxt[0] += n; return p
    def w(off, i, v): struct.pack_into('<Q', mem, off + 8 * i, v & M64)
    AF, SH, RW_, WB = 1 << 10, 3 << 8, 3 << 6, 0xf << 2
    def leaf(l3, ap=3, xn=0, attr=0xf, af=1, pa=0): return pa | (3 if l3 else 1) | af << 10 | SH | ap << 6 | attr << 2 | xn << 53
    def special(l3):
        for i in range(512): w(l3, i, leaf(1, pa=0x48000000 + i * 0x1000))
        P = lambda i: 0x48000000 + i * 0x1000
        w(l3, 0x180, leaf(1, ap=1, pa=P(0x180)))            # 0x40180000 read-only
        w(l3, 0x181, leaf(1, xn=2, pa=P(0x181)))            # 0x40181000 XN for EL1 and EL0
        w(l3, 0x182, leaf(1, ap=2, pa=P(0x182)))            # 0x40182000 write-only
        w(l3, 0x183, leaf(1, ap=0, pa=P(0x183)))            # 0x40183000 no access
        w(l3, 0x184, leaf(1, af=0, pa=P(0x184)))            # 0x40184000 AF=0
        w(l3, 0x185, 0)                                     # 0x40185000 invalid L3
        w(l3, 0x186, leaf(1, xn=1, pa=P(0x186)))            # 0x40186000 XN=01: EL1 no exec, EL0 exec (FEAT_XNX)
        w(l3, 0x187, leaf(1, xn=3, pa=P(0x187)))            # 0x40187000 XN=11: EL1 exec, EL0 no exec (FEAT_XNX)
        w(l3, 0x188, leaf(1, pa=0x800000000000))            # 0x40188000 output address too large
        w(l3, 0x189, leaf(1, ap=1, xn=2, pa=P(0x189)))      # 0x40189000 RO + XN
        w(l3, 0x18a, leaf(1, pa=0x0b000000))                # 0x4018a000 physical hole (synchronous external abort)
        w(l3, 0x18b, leaf(1, attr=1, pa=P(0x18b)))          # 0x4018b000 Device-nGnRE stage 2
        w(l3, 0x18c, 0x18c1)                                # 0x4018c000 L3 descriptor with bits[1:0]=01 (reserved, invalid)
    # common L2 for 1 GiB at 0x40000000
    l3 = alloc(); special(l3); l2 = alloc()
    w(l2, 0, (S2PA + l3) | 3)
    for i in range(1, 32): w(l2, i, leaf(0, pa=0x48000000 + i * 0x200000))
    w(l2, 40, leaf(0, ap=1, pa=0x48000000))                 # 0x45000000 RO 2 MiB block
    w(l2, 41, leaf(0, xn=2, pa=0x48000000))                 # 0x45200000 XN block
    w(l2, 42, leaf(0, ap=0, pa=0x48000000))                 # 0x45400000 no-access block
    w(l2, 43, leaf(0, af=0, pa=0x48000000))                 # 0x45600000 AF=0 block
    w(l2, 44, leaf(0, pa=0x800000000000))                   # 0x45800000 address size, level 2
    # std: 40-bit IPA, start level 1, two concatenated tables
    l1 = alloc(0x2000)
    def fill_l1(l1):
        w(l1, 1, (S2PA + l2) | 3)
        w(l1, 4, leaf(0, ap=1, pa=0x40000000))              # 0x100000000 RO 1 GiB block
        w(l1, 5, leaf(0, ap=0, pa=0x40000000))              # 0x140000000 no access 1 GiB block
        w(l1, 6, leaf(0, af=0, pa=0x40000000))              # 0x180000000 AF=0 1 GiB block
        e = alloc(); w(l1, 7, (S2PA + e) | 3)               # 0x1c0000000 empty level-2 table
        w(l1, 8, 0x800000000003)                            # 0x200000000 table address too large (level 1 address size)
        w(l1, 9, leaf(0, xn=2, pa=0x40000000))              # 0x240000000 XN 1 GiB block
    fill_l1(l1)
    common = 1 << 31 | 3 << 12 | 1 << 10 | 1 << 8              # SH0=IS, ORGN0/IRGN0=WBWA, RES1 bit31
    S2['std'] = (common | 24 | 1 << 6 | 2 << 16, S2PA + l1)         # PS=40 bits, T0SZ=24, SL0=1
    # l0: 44-bit IPA, start level 0
    l0 = alloc(); l1b = alloc(); fill_l1(l1b); w(l0, 0, (S2PA + l1b) | 3)
    w(l0, 2, 0x800000000003)                                # IPA 0x10000000000: address size fault, level 0
    e = alloc(); w(l0, 3, (S2PA + e) | 3)                   # IPA 0x18000000000: level 1 translation fault
    S2['l0'] = (common | 20 | 2 << 6 | 4 << 16, S2PA + l0)
    # g64k: 64 KiB granule, 40-bit IPA, start level 2 (SL0=1)
    t2 = alloc(0x10000); t3 = alloc(0x10000)
    S2['g64k'] = (common | 24 | 1 << 6 | 2 << 16 | 1 << 14, S2PA + t2)
    w(t2, 2, (S2PA + t3) | 3)                               # IPA 0x40000000..0x5fffffff
    for i in range(0x400): w(t3, i, leaf(1, pa=0x48000000 + i * 0x10000))
    w(t3, 0x18, leaf(1, ap=1, pa=0x48180000)); w(t3, 0x19, leaf(1, xn=2, pa=0x48190000)); w(t3, 0x1a, 0); w(t3, 0x1b, leaf(1, af=0, pa=0x481b0000))
    w(t2, 5, leaf(0, ap=1, pa=0x40000000))                  # IPA 0xa0000000: RO 512 MiB block
    assert nxt[0] <= len(mem)
    return bytes(mem[:nxt[0]])
_S2BLOB = s2blob()
DEFAULT = dict(pc=GBASE, spsr=0x3c5, hcr=HCR_KVM, cptr=0x33ff, mdcr=B(5, 6, 9, 10, 11) | 6, cnthctl=1, vtcr=S2['std'][0], vttbr=S2['std'][1],
  sctlr_el1=0x30c50838, cpacr_el1=3 << 20, sp_el0=0x400b0000, sp_el1=0x400c0000, vbar_el1=0x40082000, vmpidr=0x80000000, vpidr=0x410fd4f0,
  max_exits=64, wd_ticks=200000, isv0_pol=0, iabt_pol=2, sysreg_pol=0, dump_addr=0x400a0000)
PNAMES = set(FIELDS[3:])
# ---------------------------------------------------------------- assembling
PRE = '''
 .arch armv9.3-a+sve2+sme+memtag+rng+ls64+mops+hbc+flagm+sha3+sm4+crypto+profile+tme
'''

# EL1 vectors: slot k reports itself with "hvc #0xe000+k", then steps over / returns
VEC = '''
 .org 0x2000
''' + ''.join(f' .org 0x{0x2000 + k * 0x80:x}\n hvc #0x{0xe000 + k:x}\n b .Lvret{"a" if k in (0, 4, 8, 12) else "b"}_@@\n' for k in range(16)) + '''
 .org 0x2800
.Lvreta_@@: // synchronous: decide where to return
 msr tpidr_el1, x16
 mrs x16, esr_el1
 add x16, x16, #1
 lsr x16, x16, #12
 sub x16, x16, #0x56, lsl #12
 cmp x16, #1
 b.ne 6f
 mrs x16, tpidr_el1
 hvc #0xffff
6: mrs x16, esr_el1
 lsr x16, x16, #26
 cmp x16, #0x15
 b.eq 3f
 cmp x16, #0x32
 b.eq 4f
 cmp x16, #0x30
 b.eq 5f
 cmp x16, #0x20
 b.eq 2f
 cmp x16, #0x21
 b.eq 2f
 cmp x16, #0x22
 b.eq 2f
 mrs x16, elr_el1
 add x16, x16, #4
 msr elr_el1, x16
 mrs x16, spsr_el1
 and x16, x16, #~0x100000
 and x16, x16, #~0xc00
 msr spsr_el1, x16
 b 3f
2: msr elr_el1, x30
 mrs x16, spsr_el1
 and x16, x16, #~0x100000
 and x16, x16, #~0xc00
 msr spsr_el1, x16
 b 3f
4: mrs x16, spsr_el1
 orr x16, x16, #0x200000
 msr spsr_el1, x16
 b 3f
5: msr dbgbcr0_el1, xzr
3: mrs x16, tpidr_el1
 eret
.Lvretb_@@: // asynchronous: mask I, F, A in the interrupted context and return
 msr tpidr_el1, x16
 mrs x16, spsr_el1
 orr x16, x16, #0x1c0
 msr spsr_el1, x16
 mrs x16, tpidr_el1
 eret
'''
class AsmError(Exception): pass
def _elf_sections(data):
    shoff, = struct.unpack_from('<Q', data, 0x28); n, si = struct.unpack_from('<HH', data, 0x3c)
    sh = [struct.unpack_from('<IIQQQQIIQQ', data, shoff + 64 * i) for i in range(n)]
    so = sh[si][4]
    for s in sh:
        nm = data[so + s[0]:data.index(b'\0', so + s[0])].decode()
        yield nm, s[3], (b'' if s[1] == 8 else data[s[4]:s[4] + s[5]])
def assemble(sources, vectors):
    """sources: list of asm text; vectors: list of bool. Returns list of flat images (bytes, base GBASE)."""
    with tempfile.TemporaryDirectory() as d:
        sfile, ld = os.path.join(d, 'a.s'), os.path.join(d, 'a.ld')
        out = [PRE]; lines = PRE.count('\n'); where = []
        for i, (s, v) in enumerate(zip(sources, vectors)):
            t = f' .section .c{i},"ax"\n' + s.rstrip() + '\n' + (VEC.replace('@@', str(i)) if v else '')
            where.append((lines, i)); lines += t.count('\n'); out.append(t)
        open(sfile, 'w').write(''.join(out))
        open(ld, 'w').write('SECTIONS {\n' + ''.join(f' .c{i} 0x{GBASE:x} : {{ *(.c{i}) }}\n' for i in range(len(sources))) + ' /DISCARD/ : { *(*) } }\n')
        r = subprocess.run(['aarch64-linux-gnu-as', '-o', d + '/a.o', sfile], capture_output=True, text=True)
        if r.returncode:
            msgs = []
            for m in re.finditer(r'a\.s:(\d+): (Error.*)', r.stderr):
                ln = int(m[1]); idx = max((w for w in where if w[0] < ln), default=(0, 0))
                msgs.append((idx[1], m[2], ln - idx[0]))
            raise AsmError(msgs or r.stderr)
        r = subprocess.run(['aarch64-linux-gnu-ld', '--no-check-sections', '--no-warn-rwx-segments', '-e', '0', '-T', ld, '-o', d + '/a.elf', d + '/a.o'], capture_output=True, text=True)
        if r.returncode: raise AsmError(r.stderr)
        secs = {n: b for n, a, b in _elf_sections(open(d + '/a.elf', 'rb').read())}
        return [secs.get(f'.c{i}', b'') for i in range(len(sources))]
def segments(img, base=GBASE):
    """Split a flat image into 8-byte aligned non-zero segments."""
    img = img + b'\0' * (-len(img) % 8); segs = []; i = 0; n = len(img)
    while i < n:
        if img[i:i + 8] == b'\0' * 8: i += 8; continue
        j = i + 8; z = 0
        while j < n and z < 24:
            z = z + 8 if img[j:j + 8] == b'\0' * 8 else 0; j += 8
        segs.append((base + i, img[i:j - z])); i = j
    return segs
# ---------------------------------------------------------------- batch
def pack(cases, outname):
    hdr = struct.pack('<8Q', 0x4843544142, len(cases), 0, 0, 0, 0, 0, 0) + outname.encode() + b'\0'
    blob = bytearray(hdr.ljust(512, b'\0'))
    for c in cases:
        p = dict(DEFAULT); p.update({k: v for k, v in c['p'].items() if k in PNAMES})
        segs = c['segs']; body = b''.join(struct.pack('<QQ', a, len(b)) + b for a, b in segs)
        p['magic'] = 0x45534143; p['nseg'] = len(segs); p['total'] = 160 * 8 + len(body)
        w = [p.get(f, 0) & M64 for f in FIELDS]; w += [0] * (64 - len(w))
        x = {int(k): v for k, v in c['p'].get('x', {}).items()}; w += [x.get(i, 0) & M64 for i in range(31)] + [0]
        v = {int(k): n for k, n in c['p'].get('v', {}).items()}
        for i in range(32): n = v.get(i, 0); w += [n & M64, n >> 64 & M64]
        blob += struct.pack('<160Q', *w) + body
    return bytes(blob)
REC = 'n kind esr far hpfar elr spsr hcr'.split() + [f'x{i}' for i in range(31)] + 'sp0 sp1 esr1 far1 elr1 spsr1 act val reg vbar1 sctlr1 mdscr1 par1 ttbr01 tcr1 tpidr1 irq pmr'.split()
FIN = 'magic idx nex why pc spsr'.split() + [f'x{i}' for i in range(31)] + 'sp0 sp1 fpcr fpsr esr1 far1 elr1 spsr1 par1 vbar1 sctlr1 tpidr0 tpidr1 tpidrro dump_addr dump_len'.split()
RECSZ, FINSZ = 8 * 64, 8 * (60 + 64)
WHY = {0: 'hvc_end', 1: 'max_exits', 2: 'policy', 3: 'watchdog'}
ACT = {0: 'resume', 1: 'call', 2: 'skip', 3: 'sysreg_read', 4: 'sysreg_write', 5: 'inject_undef', 6: 'inject_sea', 7: 'pc=x30', 9: 'end', 11: 'mmio_read', 12: 'mmio_write', 13: 'bcr0=0', 14: 'step', 20: 'irq', 21: 'irq,pc=x30', 22: 'serror', 23: 'fiq'}
def qemu(cases, cpu='max', timeout=120, keep=None):
    d = tempfile.mkdtemp()
    try:
        open(d + '/batch.bin', 'wb').write(pack(cases, 'out.bin')); open(d + '/s2.bin', 'wb').write(_S2BLOB)
        cmd = ['qemu-system-aarch64', '-M', 'virt,virtualization=on,gic-version=3', '-cpu', cpu, '-m', '512', '-accel', 'tcg,tb-size=64', '-icount', 'shift=0,sleep=off',
               '-display', 'none', '-serial', 'none', '-monitor', 'none', '-net', 'none', '-semihosting-config', 'enable=on,target=native',
               '-device', f'loader,file={STUB},cpu-num=0', '-device', 'loader,file=batch.bin,addr=0x50400000,force-raw=on', '-device', f'loader,file=s2.bin,addr=0x{S2PA:x},force-raw=on']
        pr = subprocess.Popen(cmd, cwd=d, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        try: so, se = pr.communicate(timeout=timeout)
        except subprocess.TimeoutExpired: pr.kill(); so, se = pr.communicate(); se += b'\nTIMEOUT'
        log = (so + se).decode(errors='replace').strip()
        data = open(d + '/out.bin', 'rb').read() if os.path.exists(d + '/out.bin') else b''
        if pr.returncode not in (0,) : log += f'\nqemu rc={pr.returncode}'
        return data, log
    finally:
        for f in os.listdir(d): os.unlink(os.path.join(d, f))
        os.rmdir(d)
def parse(data):
    o = 0; res = {}
    while o + FINSZ <= len(data):
        w = struct.unpack_from(f'<{60 + 64}Q', data, o); o += FINSZ
        f = dict(zip(FIN, w)); assert f['magic'] == 0x204e4946, 'bad log'
        f['v'] = [w[60 + 2 * i] | w[61 + 2 * i] << 64 for i in range(32)]
        ex = []
        for _ in range(f['nex']): ex.append(dict(zip(REC, struct.unpack_from('<64Q', data, o)))); o += RECSZ
        f['mem'] = data[o:o + f['dump_len']]; o += f['dump_len']; res[f['idx']] = (f, ex)
    return res
# ---------------------------------------------------------------- decode
EC = {0: 'UNKNOWN', 1: 'WFX', 3: 'CP15_RT', 7: 'FP_ASIMD_SVE', 9: 'PAUTH', 0xd: 'BTI', 0xe: 'ILLEGAL_STATE', 0x15: 'SVC64', 0x16: 'HVC64', 0x17: 'SMC64', 0x18: 'SYSREG', 0x19: 'SVE', 0x1a: 'ERET',
  0x1c: 'PAC_FAIL', 0x1d: 'SME', 0x20: 'IABT_LOW', 0x21: 'IABT_CUR', 0x22: 'PC_ALIGN', 0x24: 'DABT_LOW', 0x25: 'DABT_CUR', 0x26: 'SP_ALIGN', 0x2c: 'FP_EXC', 0x2f: 'SERROR', 0x30: 'BP_LOW', 0x31: 'BP_CUR', 0x32: 'STEP_LOW', 0x33: 'STEP_CUR', 0x34: 'WP_LOW', 0x35: 'WP_CUR', 0x3c: 'BRK64'}
FSC = {0: 'addrsize_l0', 1: 'addrsize_l1', 2: 'addrsize_l2', 3: 'addrsize_l3', 4: 'trans_l0', 5: 'trans_l1', 6: 'trans_l2', 7: 'trans_l3', 8: 'af_l0', 9: 'af_l1', 10: 'af_l2', 11: 'af_l3', 12: 'perm_l0', 13: 'perm_l1', 14: 'perm_l2', 15: 'perm_l3',
  0x10: 'sea', 0x14: 'sea_ttw_l0', 0x15: 'sea_ttw_l1', 0x16: 'sea_ttw_l2', 0x17: 'sea_ttw_l3', 0x21: 'align', 0x22: 'debug', 0x34: 'lockdown', 0x35: 'atomic'}
def decode_esr(e):
    ec, iss = e >> 26 & 63, e & 0x1ffffff; d = {'ec': EC.get(ec, hex(ec)), 'il': e >> 25 & 1}; b = lambda i, n=1: iss >> i & ((1 << n) - 1)
    if e >> 32: d['iss2'] = e >> 32
    if ec in (0x24, 0x25):
        d['isv'] = b(24)
        if b(24): d.update(sas=b(22, 2), sse=b(21), srt=b(16, 5), sf=b(15), ar=b(14))
        d.update(cm=b(8), s1ptw=b(7), wnr=b(6), fsc=FSC.get(b(0, 6), hex(b(0, 6))))
        if b(10): d['fnv'] = 1
        if b(9): d['ea'] = 1
    elif ec in (0x20, 0x21): d.update(s1ptw=b(7), fsc=FSC.get(b(0, 6), hex(b(0, 6))))
    elif ec == 0x18: d.update(op=f's{b(20, 2)}_{b(14, 3)}_c{b(10, 4)}_c{b(1, 4)}_{b(17, 3)}', rt=b(5, 5), dir='r' if b(0) else 'w')
    elif ec in (0x15, 0x16, 0x17, 0x3c): d['imm'] = b(0, 16)
    elif ec == 1: d.update(cv=b(24), cond=b(20, 4), ti=b(0, 2), rn=b(5, 5), rv=b(2))
    elif ec in (0x32, 0x33): d.update(isv=b(24), ex=b(6), fsc=FSC.get(b(0, 6), b(0, 6)))
    elif ec in (0x34, 0x35): d.update(wnr=b(6), cm=b(8), fsc=FSC.get(b(0, 6), b(0, 6)), raw=iss)
    else: d['iss'] = iss
    return d
H = lambda v: '0x%x' % v
def compact(case, f, ex):
    """exits as compact dicts: register deltas against the previous exit (or the entry values)."""
    prev = {i: 0 for i in range(31)}; prev.update({int(k): v & M64 for k, v in case['p'].get('x', {}).items()})
    psp = (case['p'].get('sp_el0', DEFAULT['sp_el0']), case['p'].get('sp_el1', DEFAULT['sp_el1'])); out = []
    for r in ex:
        ec = r['esr'] >> 26 & 63; kind = ['sync', 'irq', 'fiq', 'serror'][r['kind'] & 3]; e = {'k': kind}
        if kind == 'sync':
            e['esr'] = H(r['esr']); e['d'] = decode_esr(r['esr'])
            if ec in (0x20, 0x21, 0x22, 0x24, 0x25, 0x34, 0x35): e['far'] = H(r['far'])
            if ec in (0x20, 0x21, 0x24, 0x25):
                fs, s1 = r['esr'] & 0x3f, r['esr'] >> 7 & 1
                if fs < 0xc or s1: e['hpfar'] = H(r['hpfar'])
                elif fs < 0x10: e['hpfar_unk'] = H(r['hpfar'])
        elif kind == 'irq': e['irq'] = r['irq']
        elif kind == 'serror': e['esr'] = H(r['esr'])
        e['elr'] = H(r['elr']); e['spsr'] = H(r['spsr'])
        if r['hcr'] != case['p'].get('hcr', DEFAULT['hcr']) : e['hcr'] = H(r['hcr'])
        dx = {str(i): H(r[f'x{i}']) for i in range(31) if r[f'x{i}'] != prev[i]}
        if dx: e['dx'] = dx
        if (r['sp0'], r['sp1']) != psp: e['sp'] = [H(r['sp0']), H(r['sp1'])]
        prev = {i: r[f'x{i}'] for i in range(31)}; psp = (r['sp0'], r['sp1'])
        if ec == 0x16 and kind == 'sync' and (r['esr'] & 0xfff0) == 0xe000:
            c1 = r['esr1'] >> 26 & 63; a = {'esr': H(r['esr1'])} if r['esr'] & 3 in (0, 3) else {}
            if 'esr' in a: a['d'] = decode_esr(r['esr1'])
            if r['esr'] & 3 == 0 and c1 in (0x20, 0x21, 0x22, 0x24, 0x25, 0x34, 0x35): a['far'] = H(r['far1'])
            a['elr'] = H(r['elr1']); a['spsr'] = H(r['spsr1']); e['el1'] = a
        a = ACT.get(r['act'], r['act'])
        if r['act'] in (3, 4, 11, 12): e['act'] = [a, r['reg'], H(r['val'])]
        elif a != 'call': e['act'] = a
        out.append(e)
    end = {'why': WHY.get(f['why'], f['why']), 'pc': H(f['pc']), 'spsr': H(f['spsr'])}
    x0 = {int(k): v & M64 for k, v in case['p'].get('x', {}).items()}
    end['x'] = {str(i): H(f[f'x{i}']) for i in range(31) if f[f'x{i}'] != x0.get(i, 0)}
    if (f['sp0'], f['sp1']) != (case['p'].get('sp_el0', DEFAULT['sp_el0']), case['p'].get('sp_el1', DEFAULT['sp_el1'])): end['sp'] = [H(f['sp0']), H(f['sp1'])]
    v0 = {int(k): v for k, v in case['p'].get('v', {}).items()}
    v = {str(i): H(f['v'][i]) for i in range(32) if f['v'][i] != v0.get(i, 0)}
    if v: end['v'] = v
    for k in ('fpcr', 'fpsr'):
        if f[k] != case['p'].get(k, 0): end[k] = H(f[k])
    for k in ('tpidr0', 'tpidrro', 'par1'):
        if f[k]: end[k] = H(f[k])
    if any(f['mem']): end['mem'] = [H(f['dump_addr']), f['mem'].rstrip(b'\0').hex()]
    return out, end
def build(cases):
    """cases: list of {'id','asm','p','vec','extra'}; fills 'segs'."""
    imgs = assemble([c['asm'] for c in cases], [c.get('vec', True) for c in cases])
    for c, im in zip(cases, imgs):
        c['segs'] = segments(im)
        for a, b in c.get('extra', []): c['segs'] += segments(b, a)
def run(cases, chunk=400, timeout=30):
    """Returns list aligned with cases of (exits, end) or None; and a log list."""
    build(cases); res = [None] * len(cases); logs = []
    bycpu = {}
    for i, c in enumerate(cases): bycpu.setdefault(c.get('cpu', 'max'), []).append(i)
    for cpu, idx in bycpu.items():
        for s in range(0, len(idx), chunk):
            part = idx[s:s + chunk]
            while part:
                data, log = qemu([cases[i] for i in part], cpu, timeout); got = parse(data)
                for j, (f, ex) in got.items(): res[part[j]] = compact(cases[part[j]], f, ex)
                if log: logs.append((cases[part[min(len(got), len(part) - 1)]]['id'], log))
                if len(got) == len(part): break
                part = part[len(got) + 1:]     # the case after the last complete one broke the run: drop it, go on
    return res, logs
# ---------------------------------------------------------------- corrections: what the architecture gives where QEMU 7.2 errs
def s2level(vtcr, vttbr, ipa):
    """Level at which the stage-2 walk of ipa ends (leaf or fault); 0 when the input size is exceeded. 4 KiB and 64 KiB granules."""
    g64, t0sz, sl0 = vtcr >> 14 & 1, vtcr & 63, vtcr >> 6 & 3
    if ipa >> (64 - t0sz): return 0
    page, bits = (16, 13) if g64 else (12, 9); level = (3 - sl0) if g64 else (2 - sl0); base = vttbr & ~1; first = True
    while True:
        sh = page + bits * (3 - level); i = ipa >> sh
        if not first: i &= (1 << bits) - 1
        d, = struct.unpack_from('<Q', _S2BLOB, base - S2PA + 8 * i)
        if level == 3 or d & 3 != 3: return level
        nxt = d & 0x0000fffffffff000
        if not S2PA <= nxt < S2PA + len(_S2BLOB): return level      # address size fault on the table address
        base, level, first = nxt, level + 1, False
def sysiss(w):
    """ESR (EC 0x18, IL=1) for a system instruction word."""
    return 0x62000000 | (w >> 19 & 3) << 20 | (w >> 5 & 7) << 17 | (w >> 16 & 7) << 14 | (w >> 12 & 15) << 10 | (w & 31) << 5 | (w >> 8 & 15) << 1 | (w >> 21 & 1)
def syswords(o):
    img = next((bytes.fromhex(h) for a, h in o['seg'] if int(a, 16) == GBASE), b''); out = []
    for i in range(0, len(img), 4):
        w = int.from_bytes(img[i:i + 4], 'little')
        if w & 0xffc00000 == 0xd5000000 and w >> 19 & 3: out.append(w)
        elif w >> 24 == 0xd4: break
    return out
def correct(o):
    """o: a case in corpus form. Puts the architecture's value where QEMU's is wrong (its own is kept as qemu_*), and makes 'arch'
    the complete list of the events that must be seen (see README)."""
    num = lambda v: int(v, 0) if isinstance(v, str) else v
    p = o['p']; vtcr, vttbr = num(p.get('vtcr', DEFAULT['vtcr'])), num(p.get('vttbr', DEFAULT['vttbr'])); el0 = num(p.get('spsr', 5)) & 0xf == 0
    for e in o['exits'] or []:
        d = e.get('d', {}); esr = num(e.get('esr', '0'))
        if e['k'] == 'sync' and d.get('s1ptw') and esr & 0x3f < 0x10:           # the level is that of the stage-2 walk
            new = esr & ~3 | s2level(vtcr, vttbr, num(e.get('hpfar', e.get('hpfar_unk'))) << 8)
            if new != esr: e['qemu_esr'], e['esr'], e['d'] = e['esr'], H(new), decode_esr(new)
    for r, v in [(f'x{n}', o['end']['x'].get(n, '0x0')) for n in re.findall(r'mrs x(\d+), par_el1', o['asm'])] + [('par1', o['end'].get('par1', '0x0'))] if o['end'] else []:
        if num(v) & 1 == 0 and num(v): o.setdefault('unk', {})[r] = '0x600'       # PAR_EL1.NS is UNKNOWN here, bit 10 is IMPLEMENTATION DEFINED
    f0 = str(o['forms'][0])
    if 'dev' not in o: return o
    if o['area'] == 'impdef':
        o['arch'] = [{'k': 'sync', 'esr': H(sysiss(w)), **({'or': [{'el1': {'esr': '0x2000000'}}]} if el0 else {})} for w in syswords(o)]
        o['dev'] = 'QEMU 7.2 does not implement HCR_EL2.TIDCP'
        o['notes'] = 'TIDCP=1: an EL1 access to the implementation-defined space is EC 0x18 to EL2; from EL0 it is an implementation choice whether it is UNDEFINED at EL1 or traps to EL2.'
    elif f0 == 'DCC from EL0, TDCC': o['arch'] = [{'el1': {'esr': H(sysiss(w))}} for w in syswords(o)]
    elif f0 == 'WFE EL0, nTWE=0':
        o['arch'] = [{'el1': {'esr': '0x7e00001'}, 'optional': True}, {'el1': {'esr': '0x56000001'}}]
        o['notes'] = 'An exception return sets the event register, so that the first WFE after entry may complete without a trap.'
    for a in o.get('arch', []):
        if 'optional' in a and not a['optional']: del a['optional']
        op = decode_esr(num(a['esr'])).get('op') if 'esr' in a else None
        if op in ('s3_1_c0_c0_2', 's3_0_c5_c3_1'): a.update({'or': [{'el1': {'esr': '0x2000000'}}, {'el1': {'esr': a['esr']}}]}, **({'optional': True} if op == 's3_0_c5_c3_1' else {}))
    return o
# ---------------------------------------------------------------- a set: batches/, expected/, manifest.json
VECTORS = None
def vectors():
    global VECTORS
    if VECTORS is None: VECTORS = [(a, b) for a, b in segments(assemble([' nop\n'], [True])[0]) if a >= 0x40082000]
    return VECTORS
def from_json(o):
    """A case in corpus form -> a case that pack() takes."""
    n = lambda v: int(v, 0) if isinstance(v, str) else {k: n(x) for k, x in v.items()} if isinstance(v, dict) else v
    return dict(id=o['id'], asm=o['asm'], p=n(o['p']), vec=not o.get('novec'), segs=[(int(a, 16), bytes.fromhex(h)) for a, h in o['seg']] + ([] if o.get('novec') else vectors()))
def write_set(out, areas):
    """areas: {name: [case in corpus form, with exits and end]}."""
    for d in ('batches', 'expected'):
        os.makedirs(os.path.join(out, d), exist_ok=True)
        for f in os.listdir(os.path.join(out, d)): os.unlink(os.path.join(out, d, f))
    open(os.path.join(out, 'batches', 's2.bin'), 'wb').write(_S2BLOB); rows = []
    for a in sorted(areas):
        open(os.path.join(out, 'batches', a + '.bin'), 'wb').write(pack([from_json(o) for o in areas[a]], a + '.log'))
        open(os.path.join(out, 'expected', a + '.jsonl'), 'w').write(''.join(json.dumps(o, separators=(',', ':')) + '\n' for o in areas[a]))
        rows.append(dict(name=a, blobs=[dict(file=f'batches/{a}.bin', address='0x50400000'), dict(file='batches/s2.bin', address=H(S2PA))], cases=len(areas[a]),
                         exits=sum(len(o['exits'] or []) for o in areas[a]), log=a + '.log', expected=f'expected/{a}.jsonl'))
    m = dict(stub='stub.elf', entry='0x50000000', entry_el=2, cpu='max', machine='virt,virtualization=on,gic-version=3', memory='512M', ram_base='0x40000000', cpus=1,
             clock=dict(ns_per_instruction=1, cntfrq=62500000, qemu='-icount shift=0,sleep=off'),
             end='SYS_CLOSE of the log, then SYS_EXIT with the two-word block {0x20026, status}; status 0: every case ran, 3: an exception inside the stub (text on the console), 4: short write, 5: no batch at 0x50400000 or the log cannot be opened',
             semihosting=dict(instruction='hlt #0xf000', operation='w0', argument='x1', result='x0', calls=[dict(number='0x1', name='SYS_OPEN', use='the log; mode 5 (wb), name from the batch header'), dict(number='0x2', name='SYS_CLOSE'), dict(number='0x4', name='SYS_WRITE0', use='messages before a failure only'), dict(number='0x5', name='SYS_WRITE', use='the log; must return 0'), dict(number='0x18', name='SYS_EXIT')]),
             areas=rows)
    json.dump(m, open(os.path.join(out, 'manifest.json'), 'w'), indent=1); open(os.path.join(out, 'manifest.json'), 'a').write('\n')
