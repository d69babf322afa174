"use client";

/** One more filter: which, and what it asks. */
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Popover } from "../../ui/popover.tsx";
import { Select } from "../../ui/select.tsx";
import {
  FILTER_KINDS,
  type FilterKind,
  type FilterName,
  IN_BAR,
  type RecordFilters,
  valueLabel,
} from "./record-filters.ts";

interface Props {
  readonly filters: RecordFilters;
  readonly onAdd: (name: FilterName, value: string) => void;
}

export function AddFilter({ filters, onAdd }: Props) {
  return (
    <Popover
      label="Add a filter"
      trigger={
        <Button>
          <Plus aria-hidden="true" /> Filter
        </Button>
      }
    >
      {(close) => (
        <FilterForm
          filters={filters}
          onAdd={(name, value) => {
            close();
            onAdd(name, value);
          }}
        />
      )}
    </Popover>
  );
}

function FilterForm({ filters, onAdd }: Props) {
  const kinds = FILTER_KINDS.filter(({ name }) => !IN_BAR.includes(name));
  const [name, setName] = useState<string>(kinds[0]?.name ?? "");
  const kind = kinds.find((one) => one.name === name);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get("value");
    if (kind !== undefined && typeof value === "string" && value.trim() !== "") {
      onAdd(kind.name, value.trim());
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Filter by">
        <Select
          options={kinds.map((one) => ({ value: one.name, label: one.label }))}
          value={name}
          onValueChange={setName}
        />
      </Field>
      {kind !== undefined && <ValueField key={name} kind={kind} value={filters[kind.name]} />}
      <Button type="submit" variant="primary">
        Add the filter
      </Button>
    </form>
  );
}

function ValueField({ kind, value }: { readonly kind: FilterKind; readonly value: unknown }) {
  const { values, example } = kind;
  if (values !== undefined) {
    const options = values.map((one) => ({ value: one, label: valueLabel(kind, one) }));
    return (
      <Field label="Is">
        <Select name="value" options={options} defaultValue={String(value ?? values[0])} />
      </Field>
    );
  }
  return (
    <Field label="Is" hint={`Like ${example}`}>
      <Input name="value" mono defaultValue={String(value ?? "")} autoComplete="off" required />
    </Field>
  );
}
