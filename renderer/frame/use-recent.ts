// The workspaces opened lately, as the desktop knows them.

import { useQuery } from '@tanstack/react-query';

/** Asked again whenever another workspace is opened. */
export const useRecent = () =>
  useQuery({ queryKey: ['desktop.recent'], queryFn: () => window.exhibit.recentWorkspaces() });
