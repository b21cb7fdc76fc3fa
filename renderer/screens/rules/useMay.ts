import { useTranslation } from 'react-i18next';
import { type Action, allowedRoles, mayDo } from '../../../shared/domain/roles.ts';
import { useSession } from '../../api/session.ts';
import { useFormat } from '../../format/format.ts';

/** Whether who is signed in may do it, and in words who may. The data process decides again; this only saves a refusal. */
export function useMay(action: Action): Readonly<{ may: boolean; who: string }> {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  const who = t('rules.whoMay', { roles: format.list(allowedRoles(action).map((role) => t(`role.${role}`))) });
  return { may: session !== null && mayDo(session.roles, action), who };
}
