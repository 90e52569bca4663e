import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { call } from '../api.ts';
import { Command } from '../command.tsx';
import { ConfirmModal } from '../confirm-modal.tsx';
import { tryCommand } from '../curl.ts';
import { limitsText } from '../key-form.ts';
import { KeyStatus, ModeBadge } from '../key-status.tsx';
import { KeyUsage } from '../key-usage.tsx';
import { Loading } from '../loading.tsx';
import { useTell } from '../notices.tsx';
import { usePageTitle } from '../page-title.ts';
import { ProblemAlert } from '../problem-alert.tsx';
import { RotateModal } from '../rotate-modal.tsx';
import { RouteButton, RouteLink } from '../route-link.tsx';
import { SecretModal } from '../secret-modal.tsx';
import { useSession } from '../session.tsx';
import { Spend } from '../spend.tsx';
import { Ago, Time } from '../time.tsx';
import type { IssuedKey, Key } from '../types.ts';
import { useLoad } from '../use-load.ts';
import { useMemberNames } from '../use-member-names.ts';

const POLL = 3_000;

type Open = 'rotate' | 'revoke' | { readonly issued: IssuedKey; readonly note: string };

export default function KeyDetail() {
  const { keyId = '' } = useParams();
  const { may } = useSession();
  const navigate = useNavigate();
  const tell = useTell();
  const [open, setOpen] = useState<Open>();
  const {
    value: key,
    problem,
    reload,
  } = useLoad(keyId, (signal) => call('getKey', { path: { keyId }, signal }), { every: POLL });
  usePageTitle(key?.label ?? 'Key');
  if (!key) return <Loading problem={problem} onRetry={reload} />;
  const close = () => setOpen(undefined);
  const changeable = key.isActive && may('updateKey');
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          changeable && (
            <SpaceBetween direction="horizontal" size="xs">
              <RouteButton to={`/keys/${keyId}/edit`}>Edit</RouteButton>
              {key.replacedBy === undefined && <Button onClick={() => setOpen('rotate')}>Rotate</Button>}
              <Button onClick={() => setOpen('revoke')}>Revoke</Button>
            </SpaceBetween>
          )
        }
      >
        {key.label}
      </Header>
      <ProblemAlert problem={problem} onRetry={reload} />
      {key.isActive && key.replacedBy !== undefined && (
        <Alert type="info" header="This key has been rotated">
          <RouteLink to={`/keys/${key.replacedBy}`}>Its successor</RouteLink> takes its place. This one ends{' '}
          <Ago at={key.expiresAt} />, unless it is revoked before.
        </Alert>
      )}
      <Facts of={key} />
      <Spend of={key} key={key.keyId} />
      <TryIt of={key} />
      {may('listUsage') && <KeyUsage of={key} />}
      {open === 'rotate' && (
        <RotateModal of={key} onClose={close} onIssued={(issued, note) => setOpen({ issued, note })} />
      )}
      {open === 'revoke' && (
        <ConfirmModal
          title={`Revoke ${key.label}`}
          verb="Revoke"
          typed={key.label}
          onClose={close}
          perform={async () => {
            await call('revokeKey', { path: { keyId } });
            tell(`${key.label} is revoked.`);
            await reload();
          }}
        >
          Every request with <span className="latchkey-code">{key.keyPrefix}…</span> gets 401 from now on. This cannot
          be undone. Make sure that nothing uses the key any more: it was last used <Ago at={key.lastUsedAt} />.
        </ConfirmModal>
      )}
      {typeof open === 'object' && (
        <SecretModal
          issued={open.issued}
          note={open.note}
          onDone={() => {
            close();
            void navigate(`/keys/${open.issued.keyId}`);
          }}
        />
      )}
    </SpaceBetween>
  );
}

const List = ({ of }: { readonly of: readonly string[] }) => (
  <span className="latchkey-code">{of.map((item) => (item === '*' ? 'all (*)' : item)).join(', ')}</span>
);

function Facts({ of: key }: { readonly of: Key }) {
  const nameOf = useMemberNames();
  const { allowedCidrs, allowedOrigins, replaces, revokedAt } = key;
  return (
    <Container header={<Header variant="h2">Facts</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Status', value: <KeyStatus of={key} /> },
          {
            label: 'Key id',
            value: (
              <CopyToClipboard
                variant="inline"
                textToCopy={key.keyId}
                copyButtonAriaLabel="Copy the key id"
                copySuccessText="Copied"
                copyErrorText="It could not be copied"
              />
            ),
          },
          { label: 'Begins with', value: <span className="latchkey-code">{key.keyPrefix}</span> },
          { label: 'Type', value: `${key.type}, ${key.format === 'jwt' ? 'JWT' : 'opaque'}` },
          { label: 'Mode', value: <ModeBadge mode={key.mode} /> },
          { label: 'Limits', value: `${limitsText(key.limits)} (${key.tier})` },
          { label: 'Scopes', value: <List of={key.scopes} /> },
          { label: 'Networks', value: allowedCidrs ? <List of={allowedCidrs} /> : 'any' },
          ...(key.type === 'publishable'
            ? [{ label: 'Origins', value: allowedOrigins ? <List of={allowedOrigins} /> : 'any' }]
            : []),
          { label: 'Created', value: <Time at={key.createdAt} /> },
          { label: 'Created by', value: <span className="latchkey-wrap">{nameOf(key.createdBy)}</span> },
          revokedAt === undefined
            ? { label: 'Ends', value: <Time at={key.expiresAt} none="never" /> }
            : { label: 'Revoked', value: <Time at={revokedAt} /> },
          { label: 'Last used', value: <Ago at={key.lastUsedAt} /> },
          ...(replaces === undefined
            ? []
            : [{ label: 'Takes the place of', value: <RouteLink to={`/keys/${replaces}`}>{replaces}</RouteLink> }]),
        ]}
      />
    </Container>
  );
}

function TryIt({ of: key }: { readonly of: Key }) {
  const { config } = useSession();
  const command = tryCommand(config, key, 'YOUR_KEY');
  if (!key.isActive) return null;
  return (
    <Container header={<Header variant="h2">Use it</Header>}>
      {command === undefined ? (
        <Box>Call one of your own routes: this key has the scopes of none of the deployment's own samples.</Box>
      ) : (
        <Command text={command} />
      )}
    </Container>
  );
}
