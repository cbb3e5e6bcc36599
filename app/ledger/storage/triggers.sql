-- The guards: they hold whoever opens the file. Only SQL that SQLite 3.40 knows and no functions of ours.
-- A migration drops them all, works, and runs this file again.

CREATE TRIGGER posting_insert BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id)
    -- Keys only grow (SQLite shows one it has still to choose as -1), so an old one means a replacement.
    OR (NEW.id >= 0 AND NEW.id <= (SELECT max(id) FROM posting))
BEGIN
    SELECT RAISE(ABORT, 'posted: the entry is final, no posting is added to it or replaced');
END;

CREATE TRIGGER posting_update BEFORE UPDATE ON posting BEGIN
    SELECT RAISE(ABORT, 'posted: a posting is never changed');
END;

CREATE TRIGGER posting_delete BEFORE DELETE ON posting BEGIN
    SELECT RAISE(ABORT, 'posted: a posting is never deleted');
END;

CREATE TRIGGER entry_insert BEFORE INSERT ON entry BEGIN
    SELECT CASE
        WHEN NEW.id >= 0 AND NEW.id <= (SELECT max(id) FROM entry)
            THEN RAISE(ABORT, 'posted: an entry is never replaced')
        WHEN NEW.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM entry WHERE reverses = NEW.reverses)
            THEN RAISE(ABORT, 'posted: an entry is reversed once')
        WHEN EXISTS (SELECT 1 FROM period_lock WHERE month = substr(NEW.date, 1, 7))
            THEN RAISE(ABORT, 'locked: the month is closed')
        WHEN (SELECT count(*) < 2 OR coalesce(sum(amount), 1) <> 0 OR max(date) <> NEW.date
                OR min(date) <> NEW.date FROM posting WHERE entry_id = NEW.id)
            THEN RAISE(ABORT, 'unbalanced: an entry has two or more postings of its own date that add up to 0')
    END;
END;

CREATE TRIGGER entry_update BEFORE UPDATE ON entry BEGIN
    SELECT RAISE(ABORT, 'posted: an entry is never changed');
END;

CREATE TRIGGER entry_delete BEFORE DELETE ON entry BEGIN
    SELECT RAISE(ABORT, 'posted: an entry is never deleted');
END;

-- An audit row may only lose its payload and salt (erasure of personal data after the legal time).
CREATE TRIGGER audit_insert BEFORE INSERT ON audit BEGIN
    SELECT RAISE(ABORT, 'audit: a row is never replaced')
    WHERE EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR (NEW.undoes IS NOT NULL AND undoes = NEW.undoes));
    SELECT RAISE(ABORT, 'audit: the chain has a gap')
    WHERE NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM audit)
        OR (NEW.id > 1 AND NEW.previous <> (SELECT hash FROM audit WHERE id = NEW.id - 1));
END;

CREATE TRIGGER audit_update BEFORE UPDATE ON audit
WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.undo IS NOT NULL
    OR NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version OR NEW.command IS NOT OLD.command
    OR NEW.commitment IS NOT OLD.commitment OR NEW.actor IS NOT OLD.actor OR NEW.at IS NOT OLD.at
    OR NEW.zone IS NOT OLD.zone OR NEW.first_entry IS NOT OLD.first_entry
    OR NEW.last_entry IS NOT OLD.last_entry OR NEW.entries_digest IS NOT OLD.entries_digest
    OR NEW.previous IS NOT OLD.previous OR NEW.hash IS NOT OLD.hash OR NEW.undoes IS NOT OLD.undoes
BEGIN
    SELECT RAISE(ABORT, 'audit: a row is never changed, it may only lose its payload');
END;

CREATE TRIGGER audit_delete BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'audit: a row is never deleted');
END;

-- What a document is made of is as final as its entry.

CREATE TRIGGER stock_movement_insert BEFORE INSERT ON stock_movement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of stock_movement is never replaced')
    WHERE EXISTS (SELECT 1 FROM stock_movement WHERE entry_id = NEW.entry_id AND line = NEW.line);
END;

CREATE TRIGGER stock_movement_update BEFORE UPDATE ON stock_movement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of stock_movement is never changed');
END;

CREATE TRIGGER stock_movement_delete BEFORE DELETE ON stock_movement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of stock_movement is never deleted');
END;

CREATE TRIGGER bill_insert BEFORE INSERT ON bill BEGIN
    SELECT RAISE(ABORT, 'posted: a row of bill is never replaced')
    WHERE EXISTS (SELECT 1 FROM bill WHERE id = NEW.id);
END;

CREATE TRIGGER bill_update BEFORE UPDATE ON bill BEGIN
    SELECT RAISE(ABORT, 'posted: a row of bill is never changed');
END;

CREATE TRIGGER bill_delete BEFORE DELETE ON bill BEGIN
    SELECT RAISE(ABORT, 'posted: a row of bill is never deleted');
END;

CREATE TRIGGER bill_payment_insert BEFORE INSERT ON bill_payment BEGIN
    SELECT RAISE(ABORT, 'posted: a row of bill_payment is never replaced')
    WHERE EXISTS (SELECT 1 FROM bill_payment WHERE id = NEW.id);
END;

CREATE TRIGGER bill_payment_update BEFORE UPDATE ON bill_payment BEGIN
    SELECT RAISE(ABORT, 'posted: a row of bill_payment is never changed');
END;

CREATE TRIGGER bill_payment_delete BEFORE DELETE ON bill_payment BEGIN
    SELECT RAISE(ABORT, 'posted: a row of bill_payment is never deleted');
END;

CREATE TRIGGER sale_insert BEFORE INSERT ON sale BEGIN
    SELECT RAISE(ABORT, 'posted: a row of sale is never replaced')
    WHERE EXISTS (SELECT 1 FROM sale WHERE id = NEW.id);
END;

CREATE TRIGGER sale_update BEFORE UPDATE ON sale BEGIN
    SELECT RAISE(ABORT, 'posted: a row of sale is never changed');
END;

CREATE TRIGGER sale_delete BEFORE DELETE ON sale BEGIN
    SELECT RAISE(ABORT, 'posted: a row of sale is never deleted');
END;

CREATE TRIGGER sale_line_insert BEFORE INSERT ON sale_line BEGIN
    SELECT RAISE(ABORT, 'posted: a row of sale_line is never replaced')
    WHERE EXISTS (SELECT 1 FROM sale_line WHERE sale_id = NEW.sale_id AND line = NEW.line);
END;

CREATE TRIGGER sale_line_update BEFORE UPDATE ON sale_line BEGIN
    SELECT RAISE(ABORT, 'posted: a row of sale_line is never changed');
END;

CREATE TRIGGER sale_line_delete BEFORE DELETE ON sale_line BEGIN
    SELECT RAISE(ABORT, 'posted: a row of sale_line is never deleted');
END;

CREATE TRIGGER purchase_insert BEFORE INSERT ON purchase BEGIN
    SELECT RAISE(ABORT, 'posted: a row of purchase is never replaced')
    WHERE EXISTS (SELECT 1 FROM purchase WHERE id = NEW.id);
END;

CREATE TRIGGER purchase_update BEFORE UPDATE ON purchase BEGIN
    SELECT RAISE(ABORT, 'posted: a row of purchase is never changed');
END;

CREATE TRIGGER purchase_delete BEFORE DELETE ON purchase BEGIN
    SELECT RAISE(ABORT, 'posted: a row of purchase is never deleted');
END;

CREATE TRIGGER purchase_line_insert BEFORE INSERT ON purchase_line BEGIN
    SELECT RAISE(ABORT, 'posted: a row of purchase_line is never replaced')
    WHERE EXISTS (SELECT 1 FROM purchase_line WHERE purchase_id = NEW.purchase_id AND line = NEW.line);
END;

CREATE TRIGGER purchase_line_update BEFORE UPDATE ON purchase_line BEGIN
    SELECT RAISE(ABORT, 'posted: a row of purchase_line is never changed');
END;

CREATE TRIGGER purchase_line_delete BEFORE DELETE ON purchase_line BEGIN
    SELECT RAISE(ABORT, 'posted: a row of purchase_line is never deleted');
END;

CREATE TRIGGER savings_movement_insert BEFORE INSERT ON savings_movement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of savings_movement is never replaced')
    WHERE EXISTS (SELECT 1 FROM savings_movement WHERE id = NEW.id);
END;

CREATE TRIGGER savings_movement_update BEFORE UPDATE ON savings_movement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of savings_movement is never changed');
END;

CREATE TRIGGER savings_movement_delete BEFORE DELETE ON savings_movement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of savings_movement is never deleted');
END;

CREATE TRIGGER loan_instalment_insert BEFORE INSERT ON loan_instalment BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_instalment is never replaced')
    WHERE EXISTS (SELECT 1 FROM loan_instalment WHERE id = NEW.id);
END;

CREATE TRIGGER loan_instalment_update BEFORE UPDATE ON loan_instalment BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_instalment is never changed');
END;

CREATE TRIGGER loan_instalment_delete BEFORE DELETE ON loan_instalment BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_instalment is never deleted');
END;

CREATE TRIGGER loan_transaction_insert BEFORE INSERT ON loan_transaction BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_transaction is never replaced')
    WHERE EXISTS (SELECT 1 FROM loan_transaction WHERE id = NEW.id);
END;

CREATE TRIGGER loan_transaction_update BEFORE UPDATE ON loan_transaction BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_transaction is never changed');
END;

CREATE TRIGGER loan_transaction_delete BEFORE DELETE ON loan_transaction BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_transaction is never deleted');
END;

CREATE TRIGGER loan_schedule_insert BEFORE INSERT ON loan_schedule BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_schedule is never replaced')
    WHERE EXISTS (SELECT 1 FROM loan_schedule WHERE id = NEW.id);
END;

CREATE TRIGGER loan_schedule_update BEFORE UPDATE ON loan_schedule BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_schedule is never changed');
END;

CREATE TRIGGER loan_schedule_delete BEFORE DELETE ON loan_schedule BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_schedule is never deleted');
END;

CREATE TRIGGER term_deposit_insert BEFORE INSERT ON term_deposit BEGIN
    SELECT RAISE(ABORT, 'posted: a row of term_deposit is never replaced')
    WHERE EXISTS (SELECT 1 FROM term_deposit WHERE id = NEW.id);
END;

CREATE TRIGGER term_deposit_update BEFORE UPDATE ON term_deposit BEGIN
    SELECT RAISE(ABORT, 'posted: a row of term_deposit is never changed');
END;

CREATE TRIGGER term_deposit_delete BEFORE DELETE ON term_deposit BEGIN
    SELECT RAISE(ABORT, 'posted: a row of term_deposit is never deleted');
END;

CREATE TRIGGER term_deposit_movement_insert BEFORE INSERT ON term_deposit_movement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of term_deposit_movement is never replaced')
    WHERE EXISTS (SELECT 1 FROM term_deposit_movement WHERE id = NEW.id);
END;

CREATE TRIGGER term_deposit_movement_update BEFORE UPDATE ON term_deposit_movement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of term_deposit_movement is never changed');
END;

CREATE TRIGGER term_deposit_movement_delete BEFORE DELETE ON term_deposit_movement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of term_deposit_movement is never deleted');
END;

CREATE TRIGGER savings_interest_insert BEFORE INSERT ON savings_interest BEGIN
    SELECT RAISE(ABORT, 'posted: a row of savings_interest is never replaced')
    WHERE EXISTS (SELECT 1 FROM savings_interest WHERE id = NEW.id);
END;

CREATE TRIGGER savings_interest_update BEFORE UPDATE ON savings_interest BEGIN
    SELECT RAISE(ABORT, 'posted: a row of savings_interest is never changed');
END;

CREATE TRIGGER savings_interest_delete BEFORE DELETE ON savings_interest BEGIN
    SELECT RAISE(ABORT, 'posted: a row of savings_interest is never deleted');
END;

CREATE TRIGGER loan_write_off_insert BEFORE INSERT ON loan_write_off BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_write_off is never replaced')
    WHERE EXISTS (SELECT 1 FROM loan_write_off WHERE entry_id = NEW.entry_id);
END;

CREATE TRIGGER loan_write_off_update BEFORE UPDATE ON loan_write_off BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_write_off is never changed');
END;

CREATE TRIGGER loan_write_off_delete BEFORE DELETE ON loan_write_off BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_write_off is never deleted');
END;

CREATE TRIGGER loan_waiver_insert BEFORE INSERT ON loan_waiver BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_waiver is never replaced')
    WHERE EXISTS (SELECT 1 FROM loan_waiver WHERE id = NEW.id);
END;

CREATE TRIGGER loan_waiver_update BEFORE UPDATE ON loan_waiver BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_waiver is never changed');
END;

CREATE TRIGGER loan_waiver_delete BEFORE DELETE ON loan_waiver BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_waiver is never deleted');
END;

CREATE TRIGGER loan_judgement_insert BEFORE INSERT ON loan_judgement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_judgement is never replaced')
    WHERE EXISTS (SELECT 1 FROM loan_judgement WHERE id = NEW.id);
END;

CREATE TRIGGER loan_judgement_update BEFORE UPDATE ON loan_judgement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_judgement is never changed');
END;

CREATE TRIGGER loan_judgement_delete BEFORE DELETE ON loan_judgement BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_judgement is never deleted');
END;

CREATE TRIGGER loan_accrual_insert BEFORE INSERT ON loan_accrual BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_accrual is never replaced')
    WHERE EXISTS (SELECT 1 FROM loan_accrual WHERE id = NEW.id);
END;

CREATE TRIGGER loan_accrual_update BEFORE UPDATE ON loan_accrual BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_accrual is never changed');
END;

CREATE TRIGGER loan_accrual_delete BEFORE DELETE ON loan_accrual BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_accrual is never deleted');
END;

CREATE TRIGGER loan_application_loan_insert BEFORE INSERT ON loan_application_loan BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_application_loan is never replaced')
    WHERE EXISTS (SELECT 1 FROM loan_application_loan WHERE loan_id = NEW.loan_id);
END;

CREATE TRIGGER loan_application_loan_update BEFORE UPDATE ON loan_application_loan BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_application_loan is never changed');
END;

CREATE TRIGGER loan_application_loan_delete BEFORE DELETE ON loan_application_loan BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_application_loan is never deleted');
END;

CREATE TRIGGER loan_hand_instalment_insert BEFORE INSERT ON loan_hand_instalment BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_hand_instalment is never replaced')
    WHERE EXISTS (SELECT 1 FROM loan_hand_instalment WHERE loan_id = NEW.loan_id AND number = NEW.number);
END;

CREATE TRIGGER loan_hand_instalment_update BEFORE UPDATE ON loan_hand_instalment BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_hand_instalment is never changed');
END;

CREATE TRIGGER loan_hand_instalment_delete BEFORE DELETE ON loan_hand_instalment BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_hand_instalment is never deleted');
END;

CREATE TRIGGER loan_restructuring_insert BEFORE INSERT ON loan_restructuring BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_restructuring is never replaced')
    WHERE EXISTS (SELECT 1 FROM loan_restructuring WHERE entry_id = NEW.entry_id);
END;

CREATE TRIGGER loan_restructuring_update BEFORE UPDATE ON loan_restructuring BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_restructuring is never changed');
END;

CREATE TRIGGER loan_restructuring_delete BEFORE DELETE ON loan_restructuring BEGIN
    SELECT RAISE(ABORT, 'posted: a row of loan_restructuring is never deleted');
END;
