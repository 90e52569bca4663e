import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Link, { type LinkProps } from '@cloudscape-design/components/link';
import { useHref, useNavigate } from 'react-router';

/** A link to a view of the dashboard. */
export function RouteLink({ to, ...rest }: Omit<LinkProps, 'href' | 'onFollow'> & { readonly to: string }) {
  const navigate = useNavigate();
  return (
    <Link
      {...rest}
      href={useHref(to)}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    />
  );
}

/** The same, as a button. */
export function RouteButton({ to, ...rest }: Omit<ButtonProps, 'href' | 'onFollow'> & { readonly to: string }) {
  const navigate = useNavigate();
  return (
    <Button
      {...rest}
      href={useHref(to)}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    />
  );
}
