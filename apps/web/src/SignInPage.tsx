import type { EndpointResult } from "@parley/protocol";
import { useCallback, useEffect, useState } from "react";
import { addressAfterSignIn } from "./addresses.ts";
import { call, RefusedError } from "./api.ts";
import { useAppLabels } from "./app-labels.ts";
import { PersonCard } from "./PersonCard.tsx";
import { go, readPlace } from "./place.ts";
import { PreferenceChoices } from "./PreferenceChoices.tsx";
import { signInAs } from "./session.ts";
import { Wordmark } from "./Wordmark.tsx";

type People = EndpointResult<"listDemoPeople">["people"];
type Answer = { kind: "loading" } | { kind: "people"; people: People } | { kind: "host" } | { kind: "unreachable" };

/** In the demo: choose who to be. Else: say that the host signs people in. */
export function SignInPage() {
  const labels = useAppLabels();
  const [answer, ask] = useDemoPeople();
  return (
    <div className="sign-in">
      <header className="sign-in-header">
        <Wordmark />
        <div className="sign-in-preferences">
          <PreferenceChoices />
        </div>
      </header>
      <main className="sign-in-main">
        {answer.kind === "people" && <Welcome people={answer.people} />}
        {answer.kind === "loading" && <p role="status">{labels.loading}</p>}
        {answer.kind === "host" && (
          <section className="sign-in-plain">
            <h1>{labels.hostTitle}</h1>
            <p>{labels.hostText}</p>
          </section>
        )}
        {answer.kind === "unreachable" && (
          <section className="sign-in-plain">
            <h1>{labels.unreachableTitle}</h1>
            <p>{labels.unreachableText}</p>
            <button type="button" className="parley-button" onClick={ask}>
              {labels.tryAgain}
            </button>
          </section>
        )}
      </main>
    </div>
  );
}

function Welcome({ people }: { people: People }) {
  const labels = useAppLabels();
  const [chosen, setChosen] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const choose = async (userId: string) => {
    setChosen(userId);
    setFailed(false);
    try {
      await signInAs(userId);
      go(addressAfterSignIn(readPlace().search));
    } catch {
      setChosen(null);
      setFailed(true);
    }
  };
  return (
    <>
      <p className="sign-in-greeting">{labels.greeting}</p>
      <h1>{labels.welcome}</h1>
      <p className="sign-in-text">{labels.welcomeText}</p>
      <ul className="people" aria-label={labels.choosePerson}>
        {people.map((person) => (
          <li key={person.id}>
            <PersonCard person={person} busy={chosen === person.id} onChoose={(id) => void choose(id)} />
          </li>
        ))}
      </ul>
      <p className="sign-in-status" role="status">
        {failed ? labels.signInFailed : chosen !== null ? labels.signingIn : ""}
      </p>
      <aside className="sign-in-hint">
        <p>{labels.secondWindow}</p>
        <a className="parley-button" href="/sign-in" target="_blank" rel="noopener">
          {labels.openSecondWindow}
        </a>
      </aside>
    </>
  );
}

function useDemoPeople(): [Answer, () => void] {
  const [answer, setAnswer] = useState<Answer>({ kind: "loading" });
  const ask = useCallback(() => {
    setAnswer({ kind: "loading" });
    call("listDemoPeople").then(
      ({ people }) => setAnswer({ kind: "people", people }),
      (error: unknown) => setAnswer({ kind: isRefusal(error) ? "host" : "unreachable" }),
    );
  }, []);
  useEffect(ask, [ask]);
  return [answer, ask];
}

/** A server outside of demo mode knows no demo people; one that cannot answer is another matter. */
const isRefusal = (error: unknown) => error instanceof RefusedError && error.status < 500;
