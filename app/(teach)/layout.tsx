import type { ReactNode } from 'react';
import { AppHeader } from '#app/_components/app-header.tsx';

export default function TeachLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AppHeader />
      {children}
    </>
  );
}
