/** What is wrong with originals is asked by the box's own page, whenever somebody looks; few files have anything. */
export const migration0012 = `
CREATE INDEX asset_problem ON asset(problem_code) WHERE problem_code IS NOT NULL;
`;
