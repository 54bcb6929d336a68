import type { Customer } from '@ringdesk/shared/customer';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { readCustomer } from './customerApi.ts';
import { changedFields } from './customerConflict.ts';
import { fieldsOf } from './customerFields.ts';

/** What a form about a customer needs to know when somebody else may change them meanwhile. */
export interface Conflict {
  /** The customer as the form found it; null for a new one. */
  base: Customer | null;
  /** As somebody else has left it meanwhile; null while nothing of that is known. */
  theirs: Customer | null;
  /** Looks what the other one did. @param again is called when it says the same as before: then there is nothing to decide */
  look(again: (current: Customer) => void): Promise<void>;
  /** The form goes on from theirs. */
  takeTheirs(): void;
}

/** @param customer the one to change, as it is when the form opens */
export function useConflict(customer: Customer | null): Conflict {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const [base, setBase] = useState(customer);
  const [theirs, setTheirs] = useState<Customer | null>(null);
  return {
    base,
    theirs,
    async look(again) {
      if (base === null) return;
      try {
        const current = await readCustomer(base.id);
        client.setQueryData(['customers', 'one', base.id], current);
        if (changedFields(fieldsOf(base), fieldsOf(current)).length > 0) setTheirs(current);
        else again(current);
      } catch (failure) {
        notifyFailure(t('edit'), failure);
      }
    },
    takeTheirs() {
      setBase(theirs);
      setTheirs(null);
    },
  };
}
