// The board: who lives at EL2, where the program starts, how many CPUs, how much memory, which processor. It is the program's, saved with it; taking
// another goes back to reset.
import { useEffect, useState } from 'react';
import { type BoardChoices, boardChoices, changeBoard, useClient } from '#client';
import type { BoardConfig } from '#project';
import { announce, Button, Checkbox, Dialog, Segmented, Select, TextField, useCell } from '#ui';
import './board-dialog.css';
import { dialog } from './commands.ts';
import { boardText, sizeText } from './run-state.ts';

const HYPERVISORS = [
  { value: 'kvm', word: 'KVM', hint: 'KVM/arm64’s model lives at EL2; the program is its guest' },
  { value: 'none', word: 'none', hint: 'Bare metal: EL2 is the program’s own, devices answer directly' },
] as const;
const LEVELS = [
  { value: '0', word: 'EL0' },
  { value: '1', word: 'EL1' },
  { value: '2', word: 'EL2' },
] as const;
const MIB = 1024 * 1024;
const MEMORY = [4, 16, 64, 128, 256, 512, 1024].map((n) => n * MIB);

/** The dialog; opened by the `board` command. */
export function BoardDialog() {
  const open = useCell(dialog) === 'board';
  return (
    <Dialog open={open} onClose={() => dialog.get() === 'board' && dialog.set(undefined)} title="Board" className="board">
      <BoardForm />
    </Dialog>
  );
}

function BoardForm() {
  const present = useClient((state) => state.program.board);
  const [board, setBoard] = useState(present);
  const flat = useClient((state) => (state.program.image?.format === 'flat' ? state.program.image : undefined));
  const [load, setLoad] = useState(flat?.load ?? '');
  const [choices, setChoices] = useState<BoardChoices>();
  const error = useClient((state) => state.notice.error);
  const [tried, setTried] = useState(false);
  useEffect(() => {
    let gone = false;
    void boardChoices().then((told) => !gone && setChoices(told));
    return () => {
      gone = true;
    };
  }, []);
  const change = (part: Partial<BoardConfig>) => setBoard({ ...board, ...part });
  const counts = Array.from({ length: choices?.mostCpus ?? 1 }, (_, n) => n + 1);
  const sizes = MEMORY.includes(board.memory) ? MEMORY : [...MEMORY, board.memory].sort((a, b) => a - b);
  const apply = async () => {
    setTried(true);
    if (!(await changeBoard(board, flat && load.trim().replaceAll('_', '')))) return;
    dialog.set(undefined);
    announce(`Board: ${boardText(board)}`);
  };
  return (
    <form
      className="board-form"
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <div>
        <span className="label">Hypervisor</span>
        <Segmented
          label="Hypervisor"
          options={HYPERVISORS}
          value={board.hypervisor === 'none' ? 'none' : 'kvm'}
          onChange={(hypervisor) => change({ hypervisor, el: hypervisor === 'none' ? 2 : 1, semihosting: undefined })}
        />
        <p>
          {board.hypervisor === 'none'
            ? 'EL2 is the program’s own. Addresses are physical, devices answer directly, PSCI is called by SMC; nothing exits.'
            : 'The program is a guest: EL2 is KVM’s model, and what nobody emulates is asked of you.'}
        </p>
      </div>
      <div>
        <span className="label">Starts at</span>
        <Segmented
          label="Starts at"
          options={board.hypervisor === 'none' ? LEVELS : LEVELS.slice(0, 2)}
          value={`${board.el}` as '0' | '1' | '2'}
          onChange={(el) => change({ el: Number(el) as 0 | 1 | 2 })}
        />
      </div>
      <div>
        <span className="label">vCPUs</span>
        <Segmented
          label="vCPUs"
          options={counts.map((n) => ({ value: `${n}`, word: `${n}` }))}
          value={`${board.cpus}`}
          onChange={(cpus) => change({ cpus: Number(cpus) })}
        />
      </div>
      <div>
        <span className="label">Memory</span>
        <Select
          label="Memory"
          value={`${board.memory}`}
          options={sizes.map((bytes) => ({ value: `${bytes}`, word: sizeText(bytes) }))}
          onChange={(memory) => change({ memory: Number(memory) })}
        />
        <p>from 0x4000_0000</p>
      </div>
      <div>
        <span className="label">Processor</span>
        <Select
          label="Processor"
          value={board.cpu}
          options={(choices?.cpus ?? [board.cpu]).map((name) => ({ value: name, word: name }))}
          onChange={(cpu) => change({ cpu })}
        />
        <p>
          {board.cpu === 'max' ? 'everything that this model implements' : 'its ID registers and choices as QEMU 7.2 has them'}
        </p>
      </div>
      {board.hypervisor === 'none' && (
        <div>
          <span className="label">Semihosting</span>
          <Checkbox checked={board.semihosting === true} onChange={(semihosting) => change({ semihosting })}>
            HLT #0xF000 calls the host
          </Checkbox>
          <p>console, clock, exit status; files last as long as the machine, and can be saved</p>
        </div>
      )}
      {flat && (
        <div>
          <span className="label">Image at</span>
          <TextField label="Address of the flat image, hex" text={load} onText={setLoad} />
          <p>where its bytes go, and where it starts</p>
        </div>
      )}
      <p className="board-error" role="status">
        {tried && error}
      </p>
      <div className="board-actions">
        <span className="sub">Taking another board goes back to reset.</span>
        <Button submit look="solid">
          Take this board
        </Button>
      </div>
    </form>
  );
}
