import { useId } from "react";

export interface SwitchProps {
  readonly text: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** On or off, at once. */
export function Switch({ text, hint, checked, disabled = false, onChange }: SwitchProps) {
  const id = useId();
  return (
    <label className="switch">
      <span className="switch-text">
        <span id={id}>{text}</span>
        {hint !== undefined && <small id={`${id}h`}>{hint}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        aria-labelledby={id}
        aria-describedby={hint === undefined ? undefined : `${id}h`}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}
